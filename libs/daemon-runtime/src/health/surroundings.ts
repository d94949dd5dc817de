import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { BACKLOG_SOURCE, type BacklogCount, type BacklogSource } from './backlog-source.js';
import { CachedReading } from './cached-reading.js';
import {
  HEALTH_CONTRIBUTORS,
  type HealthContributor,
  type Part,
  type PartHealth,
} from './health-contributor.js';
import { PartProbe } from './part-probe.js';

/** What a daemon depends upon and what waits for it, as last seen; answers within 2 seconds. */
@Injectable()
export class Surroundings {
  private readonly probes: readonly PartProbe[];
  private readonly count: CachedReading<BacklogCount>;

  constructor(
    @Inject(HEALTH_CONTRIBUTORS) contributors: readonly HealthContributor[],
    @Inject(BACKLOG_SOURCE) source: BacklogSource,
    clock: Clock,
  ) {
    this.probes = contributors.map((contributor) => new PartProbe(contributor, clock));
    this.count = new CachedReading(() => source.count(), clock, COUNT_LIMITS);
  }

  async parts(): Promise<ReadonlyMap<Part, PartHealth>> {
    return new Map(
      await Promise.all(this.probes.map(async (probe) => [probe.part, await probe.health()] as const)),
    );
  }

  /** Null when it can not be counted. While a count takes its time, the one before stands. */
  async backlog(): Promise<BacklogCount | null> {
    const reading = await this.count.get();
    if (reading.kind === 'read') return reading.value;
    return reading.kind === 'late' ? (reading.last ?? null) : null;
  }
}

const COUNT_LIMITS = {
  /** Counting takes no more than a twentieth of one connection's time. */
  freshForMs: (tookMs: number) => Math.max(5_000, tookMs * 20),
  limitMs: 2_000,
};
