import { Injectable } from '@nestjs/common';
import { Daemon } from '../daemon.js';
import { Runtime } from '../runtime.js';
import { BacklogProbe } from './backlog-probe.js';
import type { BacklogCount } from './backlog-source.js';
import type { Part, PartHealth } from './health-contributor.js';
import { PartProbe } from './part-probe.js';

/** What a daemon depends on and what waits for it, as last seen; returns within 2 seconds. */
@Injectable()
export class Surroundings {
  private readonly probes: readonly PartProbe[];
  private readonly counted: BacklogProbe;

  constructor({ parts, backlog }: Daemon, { clock, log }: Runtime) {
    this.probes = parts.map((contributor) => new PartProbe(contributor, clock));
    this.counted = new BacklogProbe(backlog, clock, log);
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
