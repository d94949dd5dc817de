import type { Clock } from '../clock.js';
import { endsWithin } from '../ends-within.js';
import { type BackOffLimits, backOffMs } from './back-off.js';
import type { PollerObserver } from './poller-observer.js';

/** Does a piece of work and says whether more of it is likely to wait. */
export type Poll = () => Promise<'more' | 'idle'>;

/** What a poller goes by. */
export interface Pacing {
  readonly backOff: BackOffLimits;
  readonly clock: Clock;
  /** From 0 to below 1, such as `Math.random`. */
  readonly random: () => number;
  /** A poll that takes longer counts as stuck, in milliseconds. */
  readonly stuckAfterMs: number;
}

/**
 * The loop of a daemon. A beat starts a cycle: it polls, and polls again at once for as long as the answer is `more`.
 *
 * - Never two polls at a time; beats during a cycle together ask for one further cycle.
 * - Between two polls the event loop gets a turn, so that a backlog starves nobody.
 * - A poll that throws ends its cycle and pauses the loop, longer with each failure in a row. Beats in the pause do
 *   nothing; at its end a cycle starts by itself. A poll that ends well makes the next pause a short one again.
 * - Once stopped it never polls again.
 */
export class Poller {
  private failures = 0;
  private running: Promise<void> | undefined;
  private anotherCycle = false;
  private pollStartedMs: number | undefined;
  private endPause: (() => void) | undefined;
  private stopped = false;

  constructor(
    private readonly poll: Poll,
    private readonly observer: PollerObserver,
    private readonly pacing: Pacing,
  ) {}

  /** Asks for a cycle. */
  beat(): void {
    if (this.stopped || this.paused) return;
    if (this.running) this.anotherCycle = true;
    else this.running = this.runCycles();
  }

  /** Takes no new poll; resolves when the poll in hand has ended, well or not. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.endPause?.();
    await this.running;
  }

  /** Stops, and waits for the poll in hand no longer than `limitMs`: false when it had not ended by then. */
  stopWithin(limitMs: number): Promise<boolean> {
    return endsWithin(this.pacing.clock, limitMs, this.stop());
  }

  /** Whether a failure holds up the loop. */
  get paused(): boolean {
    return this.endPause !== undefined;
  }

  /** How many polls in a row have failed up to now. */
  get failuresInARow(): number {
    return this.failures;
  }

  /** Whether the poll in hand takes so long that it is unlikely ever to end. */
  get stuck(): boolean {
    const { clock, stuckAfterMs } = this.pacing;
    return this.pollStartedMs !== undefined && clock.elapsedMs() - this.pollStartedMs > stuckAfterMs;
  }

  private async runCycles(): Promise<void> {
    do await this.runCycle();
    while (this.takeBeat() && !this.stopped && !this.paused);
    this.running = undefined;
  }

  private takeBeat(): boolean {
    const beaten = this.anotherCycle;
    this.anotherCycle = false;
    return beaten;
  }

  private async runCycle(): Promise<void> {
    const { clock } = this.pacing;
    const startedMs = clock.elapsedMs();
    this.observer.cycleStarted();
    try {
      await this.drain();
    } catch (error) {
      this.fail(error, clock.elapsedMs() - startedMs);
      return;
    }
    this.observer.cycleFinished({ durationMs: clock.elapsedMs() - startedMs });
  }

  private async drain(): Promise<void> {
    let answer: 'more' | 'idle';
    do {
      answer = await this.pollOnce();
      await this.pacing.clock.nextTurn();
    } while (answer === 'more' && !this.stopped);
  }

  private async pollOnce(): Promise<'more' | 'idle'> {
    this.pollStartedMs = this.pacing.clock.elapsedMs();
    try {
      const answer = await this.poll();
      this.failures = 0;
      return answer;
    } finally {
      this.pollStartedMs = undefined;
    }
  }

  private fail(error: unknown, durationMs: number): void {
    this.failures += 1;
    const pauseMs = backOffMs(this.pacing.backOff, this.failures, this.pacing.random());
    if (!this.stopped) this.pause(pauseMs);
    this.observer.cycleFailed({ durationMs, error, failures: this.failures, pauseMs });
  }

  private pause(ms: number): void {
    const cancel = this.pacing.clock.after(ms, () => {
      this.endPause?.();
      this.beat();
    });
    this.endPause = () => {
      cancel();
      this.endPause = undefined;
    };
  }
}
