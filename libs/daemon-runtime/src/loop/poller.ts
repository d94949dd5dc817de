import { type Clock, endsWithin } from '../clock.js';
import { type BackOffLimits, backOffMs } from './back-off.js';

/** Does a piece of work. Returns whether more of it is likely to wait, or what keeps it from being done. */
export type Poll = () => Promise<'more' | 'idle' | Trouble>;

/** What keeps all work from being done, and is expected to happen, such as a broker that is down. */
export interface Trouble {
  /** Stable, such as `BROKER_DOWN`. */
  readonly code: string;
  /** A sentence for the operator, without any message, target or key. */
  readonly text: string;
}

/** Why a poll failed: trouble that it returned, or an error that it threw. */
export type PollFailure = { readonly trouble: Trouble } | { readonly error: unknown };

/** Called with what a poller does, as it does it. It must not throw. */
export interface PollerObserver {
  cycleStarted(): void;
  /** The last poll of the cycle has ended well. */
  cycleFinished(cycle: FinishedCycle): void;
  /** Polls failed: the cycle is over and the poller pauses. */
  cycleFailed(cycle: FailedCycle): void;
}

export interface FinishedCycle {
  readonly durationMs: number;
}

export interface FailedCycle extends FinishedCycle {
  /** Why its polls failed, in the order of time; at least one. */
  readonly causes: readonly PollFailure[];
  /** How many cycles in a row have failed, this one included. */
  readonly failures: number;
  /** How long the poller will pause, in milliseconds. */
  readonly pauseMs: number;
}

/** The pace of a poller. */
export interface Pacing {
  readonly backOff: BackOffLimits;
  readonly clock: Clock;
  /** From 0 to below 1, such as `Math.random`. */
  readonly random: () => number;
  /** A poll that takes longer counts as stuck, in milliseconds. */
  readonly stuckAfterMs: number;
  /** The most polls at a time, at least 1. */
  readonly pollsAtOnce: number;
}

/**
 * The loop of a daemon. A beat starts a cycle: it polls, and polls again at once for as long as a poll returns `more`.
 *
 * - A cycle begins with one poll. Once that returns `more`, up to `pollsAtOnce` polls run at a time.
 * - All beats during a cycle together ask for one further cycle. But while a poll takes longer than a second, each beat
 *   starts one more series of polls, up to `pollsAtOnce`, so that a slow batch keeps no other waiting.
 * - Between two polls the event loop gets a turn, so that a backlog does not starve other work.
 * - A poll that returns trouble or throws ends its cycle, once the other polls in hand have ended. Then the loop pauses,
 *   longer with each failed cycle in a row. Beats in the pause do nothing; at its end a cycle starts by itself. After a
 *   poll that ends well, the next pause is short again.
 * - Once stopped it never polls again.
 */
export class Poller {
  private failures = 0;
  private running: Promise<void> | undefined;
  private anotherCycle = false;
  /** Starts further polls in the present cycle. */
  private pollMore: (() => void) | undefined;
  /** When each poll in hand began, the oldest first. */
  private readonly inHand = new Set<{ readonly startedMs: number }>();
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
    if (this.running === undefined) {
      this.running = this.runCycles();
    } else {
      this.anotherCycle = true;
      if (this.isSlow && this.inHand.size < this.pacing.pollsAtOnce) this.pollMore?.();
    }
  }

  /** Takes no new poll; resolves when the polls in hand have ended, well or not. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.endPause?.();
    await this.running;
  }

  /** Stops, and waits for the polls in hand no longer than `limitMs`: false when one had not ended by then. */
  stopWithin(limitMs: number): Promise<boolean> {
    return endsWithin(this.pacing.clock, limitMs, this.stop());
  }

  /** Whether a failure holds up the loop. */
  get paused(): boolean {
    return this.endPause !== undefined;
  }

  /** How many cycles in a row have failed up to now. */
  get failuresInARow(): number {
    return this.failures;
  }

  /** Whether a poll in hand takes so long that it is unlikely ever to end. */
  get stuck(): boolean {
    const { clock, stuckAfterMs } = this.pacing;
    const [oldest] = this.inHand;
    return oldest !== undefined && clock.elapsedMs() - oldest.startedMs > stuckAfterMs;
  }

  private get isSlow(): boolean {
    const [oldest] = this.inHand;
    return oldest !== undefined && this.pacing.clock.elapsedMs() - oldest.startedMs > SLOW_MS;
  }

  private async runCycles(): Promise<void> {
    do await this.runCycle();
    while (this.takeBeat() && !this.stopped && !this.paused);
    this.running = undefined;
  }

  private takeBeat(): boolean {
    const asked = this.anotherCycle;
    this.anotherCycle = false;
    return asked;
  }

  private async runCycle(): Promise<void> {
    const { clock } = this.pacing;
    const startedMs = clock.elapsedMs();
    this.observer.cycleStarted();
    const causes = await this.pollUntilIdle();
    const durationMs = clock.elapsedMs() - startedMs;
    if (causes.length > 0) this.fail(causes, durationMs);
    else this.observer.cycleFinished({ durationMs });
  }

  /** Polls until a poll finds nothing more to do, or fails; returns why polls failed. */
  private async pollUntilIdle(): Promise<PollFailure[]> {
    const causes: PollFailure[] = [];
    let over = false;
    const pollInTurn = async () => {
      const found = await this.pollOnce();
      if (typeof found === 'object') causes.push(found);
      over ||= found !== 'more' || this.stopped;
    };
    // A lane polls again and again until a poll finds nothing more. `pollMore` adds a lane, also when the others have just
    // found nothing.
    const lane = async () => {
      while (!over && this.inHand.size < this.pacing.pollsAtOnce) await pollInTurn();
    };
    const further: Promise<void>[] = [];
    this.pollMore = () => {
      if (causes.length > 0) return;
      over = false;
      further.push(lane());
    };
    await pollInTurn();
    await Promise.all(Array.from({ length: this.pacing.pollsAtOnce }, lane));
    for (let next = further.pop(); next !== undefined; next = further.pop()) await next;
    this.pollMore = undefined;
    return causes;
  }

  private async pollOnce(): Promise<'more' | 'idle' | PollFailure> {
    const { clock } = this.pacing;
    const inHand = { startedMs: clock.elapsedMs() };
    this.inHand.add(inHand);
    try {
      const found = await this.poll();
      if (typeof found === 'object') return { trouble: found };
      this.failures = 0;
      return found;
    } catch (error) {
      return { error };
    } finally {
      this.inHand.delete(inHand);
      await clock.nextTurn();
    }
  }

  private fail(causes: readonly PollFailure[], durationMs: number): void {
    this.failures += 1;
    const pauseMs = backOffMs(this.pacing.backOff, this.failures, this.pacing.random());
    if (!this.stopped) this.pause(pauseMs);
    this.observer.cycleFailed({ durationMs, causes, failures: this.failures, pauseMs });
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

/** Longer than a poll of a healthy daemon takes. */
const SLOW_MS = 1_000;
