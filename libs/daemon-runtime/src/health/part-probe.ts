import type { Clock } from '../clock.js';
import { errorCode } from '../logging/loggable-error.js';
import { CachedReading, type Reading } from './cached-reading.js';
import type { HealthContributor, Part, PartHealth } from './health-contributor.js';

/** Asks one contributor, however many ask and how often. A contributor that is late counts as down. */
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

const LIMITS = { freshForMs: () => 1_000, limitMs: 2_000 };
