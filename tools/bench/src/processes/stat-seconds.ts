/** Processor time out of a process's /proc/<pid>/stat, in seconds. */
interface StatSeconds {
  readonly own: number;
  /** Of the processes that it has started and that have ended. */
  readonly ended: number;
}

/** Linux counts in hundredths of a second for all programs. */
const TICKS_PER_SECOND = 100;

/** The second field is the program's name in brackets, which may hold blanks; user and system times are the 14th to the 17th. */
export function statSeconds(stat: string): StatSeconds {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, endedUser, endedSystem] = fields.slice(11, 15).map(Number);
  return {
    own: secondsOf(user, system),
    ended: secondsOf(endedUser, endedSystem),
  };
}

function secondsOf(user = NaN, system = NaN): number {
  return (user + system) / TICKS_PER_SECOND;
}
