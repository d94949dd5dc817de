import { readFile } from 'node:fs/promises';

/** Bytes that a process has had written to disks up to now. Reads Linux's /proc. */
export async function writtenBytes(pid: number): Promise<number> {
  const counters = await readFile(`/proc/${pid}/io`, 'utf8');
  return Number(/^write_bytes: (\d+)/m.exec(counters)?.[1]);
}
