import type { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';
import type { Schedule } from './schedule.js';

export interface Registration {
  /** What the registry holds the schedule under. */
  readonly name: string;
  readonly schedule: Schedule;
  /** Called at each point of the schedule; it must not throw. */
  readonly beat: () => void;
}

/**
 * Beats by the schedule until the registry deletes it. An interval beats at once as well; a cron expression waits until
 * it comes due.
 */
export function registerSchedule(registry: SchedulerRegistry, { name, schedule, beat }: Registration): void {
  switch (schedule.kind) {
    case 'interval':
      registry.addInterval(name, setInterval(beat, schedule.everyMs));
      beat();
      return;
    case 'cron':
      registry.addCronJob(name, cronJob(schedule.expression, beat));
  }
}

/** Without a threshold: a beat that comes due while the next one is computed is late, but never left out. */
function cronJob(cronTime: string, onTick: () => void): CronJob {
  return CronJob.from({ cronTime, onTick, start: true, threshold: Number.POSITIVE_INFINITY });
}
