import { parseArguments } from './daemon-command.js';
import type { DaemonDefinition } from './daemon-definition.js';
import { EXIT_CODE } from './exit-code.js';
import { keepHeapSmall } from './keep-heap-small.js';
import { nodeProcess, type ProcessHost } from './process-host.js';
import { usage } from './usage.js';

/** The module of one daemon. */
export interface DaemonModule {
  readonly daemon: DaemonDefinition;
}

/**
 * The whole life of a daemon's process, before anything else is loaded: a program imports this alone, and hands in how
 * the rest is loaded. So SIGTERM and SIGINT end it with 0 also while it loads, and `--help` and unknown arguments
 * need no framework. It ends with one of {@link EXIT_CODE}; what is refused goes to standard error.
 */
export async function startDaemon(
  load: () => Promise<DaemonModule>,
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
      const [{ runDaemon }, { daemon }] = await Promise.all([import('./run-daemon.js'), load()]);
      await runDaemon(daemon, asked.command, host);
    } catch (error) {
      host.printError(`the program cannot be loaded: ${String(error)}\n`);
      host.exit(EXIT_CODE.software);
    }
  }
}

/** Until the daemon listens itself nothing has begun that would have to be ended in order. */
function endWhileLoading(host: ProcessHost): void {
  host.onSignal(() => {
    host.exit(EXIT_CODE.ok);
  });
}
