import { readFile } from 'node:fs/promises';
import { statSeconds } from './stat-seconds.js';

/**
 * Processor time that a process and all that it has started itself have used up to now, in seconds. What has ended
 * counts, so that the time never falls. Reads Linux's /proc.
 */
export async function familySeconds(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  const times = await Promise.all((children.match(/\d+/g) ?? []).map(ownSeconds));
  // The last: a child that has ended meanwhile counts here.
  const { own, ended } = statSeconds(await statOf(pid));
  return times.reduce((sum, time) => sum + time, own + ended);
}

function ownSeconds(pid: string): Promise<number> {
  return statOf(pid).then(
    (stat) => statSeconds(stat).own,
    () => 0,
  );
}

function statOf(pid: number | string): Promise<string> {
  return readFile(`/proc/${pid}/stat`, 'utf8');
}
