import { readFile } from 'node:fs/promises';
import { statSeconds } from './stat-seconds.js';

/** What a process has used up to now; null where the system does not tell. */
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
