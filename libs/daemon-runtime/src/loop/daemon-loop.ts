import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Daemon, type PollReport } from '../daemon.js';
import { HealthConfig, ShutdownConfig } from '../runtime.config.js';
import { Runtime } from '../runtime.js';
import { BackOffConfig } from './back-off.js';
import { CycleRecorder } from './cycle-recorder.js';
import { FollowUp } from './follow-up.js';
import { type Poll, Poller, type PollerObserver } from './poller.js';
import { registerSchedule } from './register-schedule.js';
import { parseSchedule, type Schedule } from './schedule.js';

/** `failing`: the last batch failed. `stuck`: a batch in hand does not end. `disabled`: the daemon never polls. */
export type LoopState = 'starting' | 'running' | 'failing' | 'stuck' | 'disabled' | 'stopping';

/**
 * Makes a daemon poll at each beat of its schedule, and ends it. `run-daemon.ts` says in which order.
 */
@Injectable()
export class DaemonLoop implements BeforeApplicationShutdown, OnApplicationShutdown {
  private phase: 'starting' | 'started' | 'stopping' = 'starting';
  private readonly schedule: Schedule;
  private readonly followUp: FollowUp;
  private readonly poller: Poller;

  // eslint-disable-next-line max-params -- Nest hands in one argument per injection
  constructor(
    readonly daemon: Daemon,
    private readonly cycles: CycleRecorder,
    private readonly schedulers: SchedulerRegistry,
    private readonly runtime: Runtime,
  ) {
    const { configuration, clock } = runtime;
    this.schedule = scheduleOf(daemon);
    this.followUp = new FollowUp(this.schedule, clock, this.beat);
    this.poller = new Poller(this.poll, this.observer, {
      backOff: configuration.get(BackOffConfig),
      clock,
      random: Math.random,
      stuckAfterMs: configuration.get(HealthConfig).stuckAfterMs,
      pollsAtOnce: daemon.batchesInHand,
    });
  }

  get state(): LoopState {
    if (this.phase !== 'started') return this.phase;
    if (!this.daemon.enabled) return 'disabled';
    if (this.stuck) return 'stuck';
    return this.poller.failuresInARow > 0 ? 'failing' : 'running';
  }

  /** Whether a failure holds up the loop. */
  get paused(): boolean {
    return this.poller.paused;
  }

  /** Whether a batch in hand takes so long that it is unlikely ever to end. */
  get stuck(): boolean {
    return this.poller.stuck;
  }

  start(): void {
    if (this.phase !== 'starting') return;
    this.phase = 'started';
    const { daemon, schedulers, schedule, beat } = this;
    daemon.start(beat);
    if (daemon.enabled) registerSchedule(schedulers, { name: 'daemon', schedule, beat });
  }

  /** Takes no new batch, and waits for those in hand, at most for the drain limit. */
  async beforeApplicationShutdown(): Promise<void> {
    this.phase = 'stopping';
    this.followUp.stop();
    const { drainLimitMs } = this.runtime.configuration.get(ShutdownConfig);
    const ended = await this.poller.stopWithin(drainLimitMs);
    if (!ended) this.runtime.log.warn('batch given up', { drainLimitMs });
  }

  onApplicationShutdown(): Promise<void> {
    return this.daemon.stop();
  }

  private readonly beat = () => {
    this.poller.beat();
  };

  private readonly observer: PollerObserver = {
    cycleStarted: () => {
      this.cycles.cycleStarted();
    },
    cycleFinished: (cycle) => {
      this.cycles.cycleFinished(cycle);
      if (this.daemon.followUp && this.phase === 'started') this.followUp.cycleEnded(this.cycles);
    },
    cycleFailed: (cycle) => {
      this.cycles.cycleFailed(cycle);
    },
  };

  private readonly poll: Poll = async () => {
    const { clock } = this.runtime;
    const startedMs = clock.elapsedMs();
    let report: PollReport | undefined;
    try {
      report = await this.daemon.poll();
      return report.trouble ?? report.next;
    } finally {
      this.cycles.pollEnded(report, clock.elapsedMs() - startedMs);
    }
  };
}

function scheduleOf({ schedule: text }: Daemon): Schedule {
  const schedule = parseSchedule(text);
  if ('problem' in schedule) throw new TypeError(`The schedule of the daemon ${schedule.problem}`);
  return schedule.value;
}
