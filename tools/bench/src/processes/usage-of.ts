import { readFile } from 'node:fs/promises';

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
      cpuSeconds: cpuSecondsOf(stat),
      threadSeconds: cpuSecondsOf(mainThread),
    };
  } catch {
    return { peakRssMb: null, cpuSeconds: null, threadSeconds: null };
  }
}

/** Linux counts in hundredths of a second for all programs. */
const TICKS_A_SECOND = 100;

/** The second field is the program's name in brackets, which may hold blanks; user and system time are the 14th and 15th. */
function cpuSecondsOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
