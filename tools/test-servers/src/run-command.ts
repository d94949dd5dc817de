import type { ExecFileOptions } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { type CommandEnd, commandEnd } from './command-end.js';
import { TestServerError } from './test-server-error.js';

/** Runs a command to its end and gives its standard output; a failure carries the end of what it printed. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options?: ExecFileOptions,
): Promise<string> {
  const failed = (said: string, cause?: unknown) =>
    new TestServerError('COMMAND_FAILED', `${command} ${args[0] ?? ''} failed: ${said}`, { cause });
  const end = await commandEnd(command, args, options).catch((error: unknown) => {
    throw failed(error instanceof Error ? error.message : String(error), error);
  });
  if (end.code !== 0) throw failed(printed(end));
  return end.stdout;
}

function printed({ code, stdout, stderr }: CommandEnd): string {
  return stripVTControlCharacters(stderr + stdout || `exit code ${code}`).slice(-2000);
}
