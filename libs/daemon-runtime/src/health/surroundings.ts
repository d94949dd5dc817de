import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Log } from '../logging/log.js';
import { BacklogProbe } from './backlog-probe.js';
import { BACKLOG_SOURCE, type BacklogCount, type BacklogSource } from './backlog-source.js';
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
  private readonly counted: BacklogProbe;

  // eslint-disable-next-line max-params -- Nest hands in one argument an injection
  constructor(
    @Inject(HEALTH_CONTRIBUTORS) contributors: readonly HealthContributor[],
    @Inject(BACKLOG_SOURCE) source: BacklogSource,
    clock: Clock,
    log: Log,
  ) {
    this.probes = contributors.map((contributor) => new PartProbe(contributor, clock));
    this.counted = new BacklogProbe(source, clock, log);
  }

  async parts(): Promise<ReadonlyMap<Part, PartHealth>> {
    return new Map(
      await Promise.all(this.probes.map(async (probe) => [probe.part, await probe.health()] as const)),
    );
  }

  /** Null when it cannot be counted. While a count takes its time, the one before stands. */
  backlog(): Promise<BacklogCount | null> {
    return this.counted.backlog();
  }

  /** Whether the last count of the backlog failed. */
  get backlogFailed(): boolean {
    return this.counted.failed;
  }
}
