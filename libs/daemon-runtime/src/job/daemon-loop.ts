import { Inject, Injectable } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Poller } from '../poller/poller.js';
import { registerSchedule } from '../schedule/register-schedule.js';
import { WAKE_UP, type WakeUp } from './wake-up.js';
import { parseSchedule, type Schedule } from '../schedule/schedule.js';
import { DAEMON_JOB, type DaemonJob } from './daemon-job.js';

/** `failing`: the last batch failed. `stuck`: the batch in hand does not end. `disabled`: it never polls. */
export type LoopState = 'starting' | 'running' | 'failing' | 'stuck' | 'disabled' | 'stopping';

/** Has the job polled by its schedule, from `start` to `stopWithin`. */
@Injectable()
export class DaemonLoop {
  private phase: 'starting' | 'started' | 'stopping' = 'starting';
  private readonly schedule: Schedule;

  // eslint-disable-next-line max-params -- Nest hands in one argument an injection
  constructor(
    @Inject(DAEMON_JOB) readonly job: DaemonJob,
    private readonly poller: Poller,
    private readonly schedulers: SchedulerRegistry,
    @Inject(WAKE_UP) private readonly wakeUp: WakeUp,
  ) {
    this.schedule = scheduleOf(job);
  }

  get state(): LoopState {
    if (this.phase !== 'started') return this.phase;
    if (!this.job.enabled) return 'disabled';
    if (this.stuck) return 'stuck';
    return this.poller.failuresInARow > 0 ? 'failing' : 'running';
  }

  /** Whether a failure holds up the loop. */
  get paused(): boolean {
    return this.poller.paused;
  }

  /** Whether the batch in hand takes so long that it is unlikely ever to end. */
  get stuck(): boolean {
    return this.poller.stuck;
  }

  start(): void {
    if (this.phase !== 'starting') return;
    this.phase = 'started';
    const beat = () => {
      this.poller.beat();
    };
    if (!this.job.enabled) return;
    registerSchedule(this.schedulers, { name: 'job', schedule: this.schedule, beat });
    if (this.job.wakeUp) this.wakeUp.start(beat);
  }

  /** Takes no new batch, and waits for the one in hand: false when it had not ended within the limit. */
  stopWithin(limitMs: number): Promise<boolean> {
    this.phase = 'stopping';
    return this.poller.stopWithin(limitMs);
  }
}

function scheduleOf({ schedule: text }: DaemonJob): Schedule {
  const schedule = parseSchedule(text);
  if ('problem' in schedule) throw new TypeError(`The schedule of the job ${schedule.problem}`);
  return schedule.value;
}
