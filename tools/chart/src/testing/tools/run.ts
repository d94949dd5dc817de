import { execFile, type ExecFileOptions } from 'node:child_process';
import { promisify } from 'node:util';

/** How a command ended, and what it told. */
export interface CommandEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, whatever that is; rejects where it can't be started. */
export async function run(
  command: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<CommandEnd> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, {
      ...LIMITS,
      ...options,
      encoding: 'utf8',
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as Partial<CommandEnd>;
    if (typeof code !== 'number') throw error;
    return { code, stdout, stderr };
  }
}

/** Runs a command that must succeed, and answers what it told. */
export async function output(
  command: string,
  args: readonly string[],
  options?: ExecFileOptions,
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0)
    throw new Error(`${command} ${args[0] ?? ''} ended with ${code}: ${(stderr || stdout).slice(-2_000)}`);
  return stdout;
}

const LIMITS = { maxBuffer: 64 * 1024 * 1024, timeout: 300_000 };
