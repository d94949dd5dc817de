import type { Clock } from '../clock.js';
import type { Schedule } from './schedule.js';

/**
 * Looks for rows again soon after a cycle that found some, because more are likely to come. Each look that finds nothing
 * doubles the wait for the next one, until the schedule is as soon.
 *
 * Only for intervals of up to 5 seconds. A longer one, or a cron expression, says when the daemon may work.
 */
export class FollowUp {
  private waitMs = Infinity;
  private cancel: (() => void) | undefined;

  /** @param beat asks for a cycle */
  constructor(
    private readonly schedule: Schedule,
    private readonly clock: Clock,
    private readonly beat: () => void,
  ) {}

  /** Call it at the end of each cycle that did not fail. */
  cycleEnded({ foundRows }: { readonly foundRows: boolean }): void {
    this.stop();
    this.waitMs = foundRows ? SHORTEST_WAIT_MS : this.waitMs * 2;
    if (this.waitMs < this.intervalMs) this.cancel = this.clock.after(this.waitMs, this.beat);
  }

  /** Makes no further look until the next cycle has ended. */
  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }

  /** 0 where the schedule alone says when to look. */
  private get intervalMs(): number {
    const { schedule } = this;
    return schedule.kind === 'interval' && schedule.everyMs <= LONGEST_INTERVAL_MS ? schedule.everyMs : 0;
  }
}

const SHORTEST_WAIT_MS = 10;
const LONGEST_INTERVAL_MS = 5_000;
