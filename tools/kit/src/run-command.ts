import { execFile, type ExecFileOptions } from 'node:child_process';
import { promisify, stripVTControlCharacters } from 'node:util';
import { sentenceOf } from './command.js';

/** How a command ended, and what it printed. */
export interface CommandEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that could not be started, took too long, or ended with another code than 0. */
class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code = 'COMMAND_FAILED';
}

/** Runs a command to its end. Rejects where it can't be started, is ended by a signal, or exceeds its limit of time. */
export async function commandEnd(
  command: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<CommandEnd> {
  try {
    const printed = await execute(command, args, { ...LIMITS, ...options, encoding: 'utf8' });
    return { code: 0, ...printed };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as Partial<CommandEnd>;
    if (typeof code !== 'number') throw error;
    return { code, stdout, stderr };
  }
}

/** Runs a command to its end and returns its standard output. A failure carries the end of what it printed. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options?: ExecFileOptions,
): Promise<string> {
  const failed = (reason: string, cause?: unknown) =>
    new CommandError(`${command} ${args[0] ?? ''} failed: ${reason}`, { cause });
  const end = await commandEnd(command, args, options).catch((error: unknown) => {
    throw failed(sentenceOf(error), error);
  });
  if (end.code !== 0) throw failed(lastOutput(end));
  return end.stdout;
}

/** Runs a program of Node.js to its end, with only the given variables in its environment. */
export function runProgram(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<CommandEnd> {
  return commandEnd(process.execPath, [program, ...args], { env: environment });
}

const execute = promisify(execFile);

const LIMITS = { maxBuffer: 64 * 1024 * 1024, timeout: 300_000 };

function lastOutput({ code, stdout, stderr }: CommandEnd): string {
  return stripVTControlCharacters(stderr + stdout || `exit code ${code}`).slice(-2000);
}
