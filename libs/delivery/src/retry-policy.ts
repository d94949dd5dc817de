import type { Distribution } from '@comms/distribution';
import type { FailedVerdict, RetryVerdict, RowFault } from './verdict.js';

export interface RetryOptions {
  /** Tries in all, the first one included; at least 1. */
  readonly maxTries: number;
  /** Wait after the first failed try, in milliseconds; doubled with each further one. */
  readonly initialDelayMs: number;
  /** No wait is longer than this, in milliseconds. */
  readonly maxDelayMs: number;
}

/** Decides when a row that was refused is tried again, and when its tries are used up. */
export class RetryPolicy {
  constructor(
    private readonly options: RetryOptions,
    private readonly random: () => number = Math.random,
  ) {}

  /** `R` with a doubling, jittered wait (half to all of the doubled delay), or `E` after the last try. */
  afterRefusal(distribution: Distribution, fault: RowFault): RetryVerdict | FailedVerdict {
    const { distributionId, retryCount } = distribution;
    if (retryCount + 1 >= this.options.maxTries) {
      return { distributionId, status: 'E', code: fault.code, text: `${fault.text} (no tries left)` };
    }
    const delay = Math.min(this.options.maxDelayMs, this.options.initialDelayMs * 2 ** retryCount);
    return {
      ...fault,
      distributionId,
      status: 'R',
      retryInMs: Math.round(delay * (0.5 + this.random() / 2)),
    };
  }
}
