import type { Clock } from '../clock.js';
import { errorCode } from '../logging/loggable-error.js';
import { CachedReading, type Reading } from './cached-reading.js';

/** The parts that a daemon depends on, by their names in the health document. */
export type Part = 'database' | 'broker' | 'directory';

/** Reports the health of one part. */
export interface HealthContributor {
  readonly part: Part;
  /** Called at most once per second, and never while a call is under way. No result within 2 seconds, or an error, counts as down. */
  check(): Promise<PartHealth>;
}

export interface PartHealth {
  /** `blocked`: connected, but nothing gets through. `unknown`: not tried yet. */
  readonly state: 'up' | 'down' | 'blocked' | 'unknown';
  /** Since when the state has been what it is. */
  readonly since: Date;
  /** Which database, broker or directory, without credentials. */
  readonly name?: string;
  /** Stable code and sentence of what is wrong; absent while up. */
  readonly code?: string;
  readonly text?: string;
}

/** Asks one contributor on behalf of all callers, however often they ask. A contributor that is late counts as down. */
export class PartProbe {
  readonly part: Part;
  private readonly reading: CachedReading<PartHealth>;
  private silentSince: Date | undefined;

  constructor(
    contributor: HealthContributor,
    private readonly clock: Clock,
  ) {
    this.part = contributor.part;
    this.reading = new CachedReading(() => contributor.check(), clock, LIMITS);
  }

  async health(): Promise<PartHealth> {
    const reading = await this.reading.get();
    if (reading.kind === 'read') {
      this.silentSince = undefined;
      return reading.value;
    }
    this.silentSince ??= this.clock.now();
    return { state: 'down', since: this.silentSince, ...whyDown(reading) };
  }
}

function whyDown(reading: Exclude<Reading<PartHealth>, { kind: 'read' }>): Pick<PartHealth, 'code' | 'text'> {
  return reading.kind === 'late'
    ? { code: 'HEALTH_CHECK_LATE', text: `No answer within ${LIMITS.limitMs / 1_000} seconds.` }
    : { code: errorCode(reading.error), text: 'The health check failed.' };
}

/** Each has a `meaning`, a sentence without its full stop, and a `remedy`; both in Markdown, with links from docs/. */
export const HEALTH_CHECK_CODES = {
  HEALTH_CHECK_LATE: {
    meaning: 'The check of the part had no answer in time',
    remedy: 'whether the part runs and responds; the network',
  },
} as const;

const LIMITS = { freshForMs: () => 1_000, limitMs: 2_000 };
