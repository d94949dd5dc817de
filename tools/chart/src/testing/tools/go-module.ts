import { runCommand } from '@comms/test-servers';

/** The folder of a Go module's files, in Go's own cache. */
export async function goModule(path: string, version: string): Promise<string> {
  const answer = await runCommand('go', ['mod', 'download', '-json', `${path}@${version}`], { cwd: '/' });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}
