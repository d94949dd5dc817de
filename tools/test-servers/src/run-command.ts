import { execFile, type ExecFileOptions } from 'node:child_process';
import { promisify, stripVTControlCharacters } from 'node:util';
import { TestServerError } from './test-server-error.js';

const execute = promisify(execFile);
const OUTPUT_LIMIT_BYTES = 32 * 1024 * 1024;

/** Runs a command to its end and gives its standard output; a failure carries the end of what it printed. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<string> {
  try {
    const { stdout } = await execute(command, args, {
      maxBuffer: OUTPUT_LIMIT_BYTES,
      ...options,
      encoding: 'utf8',
    });
    return stdout;
  } catch (error) {
    throw new TestServerError('COMMAND_FAILED', `${command} ${args[0] ?? ''} failed: ${printed(error)}`, {
      cause: error,
    });
  }
}

function printed(error: unknown): string {
  const {
    stdout = '',
    stderr = '',
    message = '',
  } = error as { stdout?: string; stderr?: string; message?: string };
  return stripVTControlCharacters(stderr + stdout || message).slice(-2000);
}
