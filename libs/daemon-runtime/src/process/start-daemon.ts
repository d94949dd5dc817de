import { setFlagsFromString } from 'node:v8';
import type { DaemonDefinition } from '../daemon.js';
import { EXIT_CODE, nodeProcess, type ProcessHost } from './process-host.js';

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

/** What `--help` prints of the daemon whose program is `entry`. */
export function usage(entry: string): string {
  return `Usage: node ${entry} [--check-config | --print-config | --help]

Without an option it runs the daemon until SIGTERM or SIGINT.

  --check-config  prints every fault in the configuration, one per line
  --print-config  prints each property, its value (secrets masked) and where it comes from
  --help          prints this

Configuration, of which the later wins:
  1. built-in defaults
  2. the .properties files that COMMS_CONFIG names, separated by commas
  3. environment variables, such as COMMS_HEALTH_PORT for comms.health.port
  4. secret files, such as the one that COMMS_BROKER_PASSWORD_FILE names for comms.broker.password
docs/configuration.md lists every property.

Exit codes: 0 ended as asked, 78 faults in the configuration or the arguments, 70 anything unexpected.
`;
}

/** What a daemon is asked to do. */
export type DaemonCommand = 'run' | 'check-config' | 'print-config' | 'help';

/** Reads the arguments; the problem is one line for standard error. */
export function parseArguments(args: readonly string[]): { command: DaemonCommand } | { problem: string } {
  const [argument, ...more] = args;
  if (argument === undefined) return { command: 'run' };
  if (more.length > 0) return { problem: `one argument at most; ${ALLOWED}` };
  if (argument === '--check-config') return { command: 'check-config' };
  if (argument === '--print-config') return { command: 'print-config' };
  if (argument === '--help') return { command: 'help' };
  return { problem: `unknown argument ${JSON.stringify(argument)}; ${ALLOWED}` };
}

const ALLOWED = 'allowed: --check-config, --print-config, --help, or none to run the daemon';

/**
 * Has V8 collect the old space when it has grown by three tenths since the last time, and not by a multiple of it. To be
 * called before anything is loaded; V8 looks at the flag at each collection, so it holds though V8 has started already.
 *
 * It buys memory with time: docs/performance.md has the figures. To keep the space for new objects at its first size
 * too (`--semi-space-growth-factor=1`) would save another 33 MiB, and cost a seventh of the rows per second; the image
 * gives it a limit, by a flag that V8 looks at when it starts and never again.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
}
