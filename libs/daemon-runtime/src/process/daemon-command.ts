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
