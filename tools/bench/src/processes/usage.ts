import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { statSeconds } from './stat-seconds.js';

/** What a process has used up to now; null where the system does not show it. */
export interface Usage {
  /** The highest resident memory so far, in MiB (`VmHWM`). */
  readonly peakRssMb: number | null;
  readonly cpuSeconds: number | null;
  /** Of that, what the main thread used. */
  readonly threadSeconds: number | null;
}

/** Reads Linux's /proc. */
export async function usageOf(pid: number): Promise<Usage> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const mainThread = await readFile(`/proc/${pid}/task/${pid}/stat`, 'utf8');
    return {
      peakRssMb: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024,
      cpuSeconds: statSeconds(stat).own,
      threadSeconds: statSeconds(mainThread).own,
    };
  } catch {
    return { peakRssMb: null, cpuSeconds: null, threadSeconds: null };
  }
}

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

/** Processor time that all programs of this machine have used up to now, in seconds. */
export function machineSeconds(): number {
  return (
    cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0) / 1_000
  );
}

/** Bytes that a process has had written to disks up to now. Reads Linux's /proc. */
export async function writtenBytes(pid: number): Promise<number> {
  const counters = await readFile(`/proc/${pid}/io`, 'utf8');
  return Number(/^write_bytes: (\d+)/m.exec(counters)?.[1]);
}
