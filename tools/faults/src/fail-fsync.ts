import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Whether `strace` is here, by which system calls can be made to fail; else one line on standard error. */
export function canFailFsync(): boolean {
  const found = spawnSync('strace', ['-V']).status === 0;
  if (!found) process.stderr.write('faults: strace is not here, the case of EIO at fsync is skipped\n');
  return found;
}

/** From now on every fsync of a process answers EIO; answers how to end that. */
export async function failFsync(pid: number): Promise<() => Promise<void>> {
  const args = [
    '-f',
    '-p',
    String(pid),
    '-e',
    'trace=fsync,fdatasync',
    '-e',
    'inject=fsync,fdatasync:error=EIO',
  ];
  const tracer = spawn('strace', [...args, '-o', '/dev/null'], { stdio: ['ignore', 'ignore', 'pipe'] });
  await attached(tracer);
  return async () => {
    tracer.kill('SIGTERM');
    await once(tracer, 'exit');
  };
}

/** It says so on standard error. */
async function attached(tracer: ChildProcess): Promise<void> {
  const [said] = (await once(tracer.stderr ?? tracer, 'data')) as [Buffer];
  if (!said.toString().includes('attached')) throw new Error(`strace: ${said.toString()}`);
}
