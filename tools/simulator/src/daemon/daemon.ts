import { type FailedCycle, type Poll, Poller } from '@comms/daemon-runtime';
import { VirtualClock } from '../node/virtual-clock.js';
import type { Actor } from '../world/events.js';
import type { World } from '../world/world.js';

/** What a daemon does; made again with each start of its process. */
export interface Job {
  readonly poll: Poll;
  /** Batches at a time. */
  readonly batchesInHand: number;
  /** Called now and then, as health is asked. */
  tick(): void;
  close(): Promise<void>;
}

/** One process of a daemon: the loop of the product around a job. */
export class Daemon {
  private readonly poller: Poller;

  constructor(
    private readonly world: World,
    private readonly actor: Actor,
    private readonly job: Job,
  ) {
    this.poller = new Poller(job.poll, this.observer, {
      backOff: { initialMs: 300, maxMs: 3_000 },
      clock: new VirtualClock(world),
      random: () => world.random.next(),
      stuckAfterMs: 60_000,
      pollsAtOnce: job.batchesInHand,
    });
  }

  /** To be called in a step of its actor. */
  start(): void {
    this.every(SCHEDULE_MS, () => {
      this.poller.beat();
    });
    this.every(HEALTH_MS, () => {
      this.job.tick();
    });
  }

  /**
   * Ends as on SIGTERM: the batch in hand may end within its limit, then all is closed. To be called in a step of its
   * actor.
   */
  async stop(): Promise<void> {
    await this.poller.stopWithin(DRAIN_LIMIT_MS);
    await this.job.close();
  }

  private every(ms: number, action: () => void): void {
    this.world.after(this.actor, ms, () => {
      action();
      this.every(ms, action);
    });
  }

  private readonly observer = {
    cycleStarted: () => undefined,
    cycleFinished: () => undefined,
    cycleFailed: ({ causes }: FailedCycle) => {
      const reasons = causes.map((cause) => ('trouble' in cause ? cause.trouble.code : textOf(cause.error)));
      this.world.note(this.actor, `fails: ${reasons.join()}`);
    },
  };
}

const SCHEDULE_MS = 500;
const HEALTH_MS = 5_000;
const DRAIN_LIMIT_MS = 4_000;

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
