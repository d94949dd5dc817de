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

/** What `--help` prints; `entry` is the path of the program. */
export function usage(entry: string): string {
  return `Usage: node ${entry} [--check-config | --print-config | --help]

Without an option it runs the daemon until SIGTERM or SIGINT.

  --check-config  prints every fault in the configuration, one per line
  --print-config  prints each property, its value (secrets masked) and where it comes from
  --help          prints this

Configuration sources, in this order; a later one wins:
  1. built-in defaults
  2. the .properties files that COMMS_CONFIG names, separated by commas
  3. environment variables, such as COMMS_HEALTH_PORT for comms.health.port
  4. secret files, such as the one that COMMS_BROKER_PASSWORD_FILE names for comms.broker.password
docs/configuration.md lists every property.

Exit codes: 0 ended as asked, 78 faults in the configuration or the arguments, 70 anything unexpected.
`;
}
