import { StoreError } from '../store-error.js';

/**
 * What this process knows of a pooler before the database, such as PgBouncer. A batch keeps the session of its claim and
 * needs a second one for its announcement. Where the claims of all replicas take all sessions, none of them can go on.
 */
export class Pooler {
  private smallUntilMs = -Infinity;
  private lastExhausted: { readonly error: StoreError; readonly untilMs: number } | undefined;
  private claims = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param elapsedMs milliseconds on a clock that never steps */
  constructor(private readonly elapsedMs = () => performance.now()) {}

  /** Why no batch got its second session, as last seen within a minute; undefined once one has got it. */
  get exhausted(): StoreError | undefined {
    const { lastExhausted } = this;
    return lastExhausted && this.elapsedMs() < lastExhausted.untilMs ? lastExhausted.error : undefined;
  }

  /**
   * Resolves when a claim may begin, with a function to call at its end. That is at once, unless the pool was found too
   * small. Then this process makes one claim at a time, so that the claims of all replicas leave a session free.
   */
  async turnOfClaim(): Promise<() => void> {
    while (this.claims > 0 && this.elapsedMs() < this.smallUntilMs) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.claims += 1;
    return () => {
      this.claims -= 1;
      for (const resume of this.waiting.splice(0)) resume();
    };
  }

  /** A batch waits for its second session longer than a pooler with a free one would take. */
  foundSmall(): void {
    this.smallUntilMs = this.elapsedMs() + SMALL_FOR_MS;
  }

  /** A batch has got no second session. Returns the error to fail with. */
  foundExhausted(): StoreError {
    const error = new StoreError('STORE_POOLER_EXHAUSTED', EXHAUSTED);
    this.lastExhausted = { error, untilMs: this.elapsedMs() + EXHAUSTED_FOR_MS };
    return error;
  }

  /** A batch has got its second session, or needs none. */
  foundEnough(): void {
    this.lastExhausted = undefined;
  }
}

/** Long enough that the cost of finding it out again does not matter. */
const SMALL_FOR_MS = 10 * 60_000;
const EXHAUSTED_FOR_MS = 60_000;

const EXHAUSTED =
  'The pooler before the database had no second session for a batch: its pool needs one session for each batch in hand ' +
  'of all replicas, and at least one more.';
