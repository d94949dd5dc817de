import { cpus } from 'node:os';

/** Processor time that all programs of this machine have used up to now, in seconds. */
export function machineSeconds(): number {
  return (
    cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0) / 1_000
  );
}
