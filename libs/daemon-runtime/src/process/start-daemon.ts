import { setFlagsFromString } from 'node:v8';
import type { DaemonDefinition } from '../daemon.js';
import { parseArguments, usage } from './arguments.js';
import { EXIT_CODE, nodeProcess, type ProcessHost } from './process-host.js';

/** What `app.module.js` of an app exports. */
export interface LoadedApp {
  readonly definition: DaemonDefinition;
}

/**
 * Runs the process of a daemon from its start to its end. A program imports only this, and passes `load`, which imports
 * everything else. So SIGTERM and SIGINT end the process with 0 even while it loads, and `--help` and unknown arguments
 * need no framework. The process ends with one of {@link EXIT_CODE}; why it refuses to run goes to standard error.
 */
export async function startDaemon(
  load: () => Promise<LoadedApp>,
  host: ProcessHost = nodeProcess(),
): Promise<void> {
  const asked = parseArguments(host.args);
  if ('problem' in asked) {
    host.printError(`${asked.problem}\n\n${usage(host.entry)}`);
    host.exit(EXIT_CODE.config);
  } else if (asked.command === 'help') {
    host.output.write(usage(host.entry));
    host.exit(EXIT_CODE.ok);
  } else {
    keepHeapSmall();
    if (asked.command === 'run') endWhileLoading(host);
    try {
      const [{ runDaemon }, { definition }] = await Promise.all([import('./run-daemon.js'), load()]);
      await runDaemon(definition, asked.command, host);
    } catch (error) {
      host.printError(`the program cannot be loaded: ${String(error)}\n`);
      host.exit(EXIT_CODE.software);
    }
  }
}

/** Ends the process at once on a signal. Once the daemon listens for signals itself, it replaces this by an orderly end. */
function endWhileLoading(host: ProcessHost): void {
  host.onSignal(() => {
    host.exit(EXIT_CODE.ok);
  });
}

/**
 * Makes V8 collect the old space once it has grown by 30 % since the last collection; by default it waits until the space
 * has grown to a multiple. Call it before anything is loaded. V8 reads this flag at each collection, so it may be set
 * after the start.
 *
 * It saves memory and costs time: docs/performance.md has the figures. To keep the space for new objects at its first size
 * too (`--semi-space-growth-factor=1`) would save another 33 MiB, and cost a seventh of the rows per second. The image
 * limits that space by a flag that V8 reads only when it starts.
 */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
}
