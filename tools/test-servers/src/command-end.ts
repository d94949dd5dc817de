import { execFile, type ExecFileOptions } from 'node:child_process';
import { promisify } from 'node:util';

/** How a command ended, and what it told. */
export interface CommandEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, whatever that is; rejects where it can't be started, or takes longer than its limit. */
export async function commandEnd(
  command: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<CommandEnd> {
  try {
    const told = await execute(command, args, { ...LIMITS, ...options, encoding: 'utf8' });
    return { code: 0, ...told };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as Partial<CommandEnd>;
    if (typeof code !== 'number') throw error;
    return { code, stdout, stderr };
  }
}

const execute = promisify(execFile);

const LIMITS = { maxBuffer: 64 * 1024 * 1024, timeout: 300_000 };
