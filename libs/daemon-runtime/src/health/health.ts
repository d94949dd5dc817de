import { Injectable } from '@nestjs/common';
import { Daemon } from '../daemon.js';
import { CycleRecorder } from '../loop/cycle-recorder.js';
import { DaemonLoop } from '../loop/daemon-loop.js';
import { EnvironmentConfig } from '../runtime.config.js';
import { type AppInfo, Runtime } from '../runtime.js';
import { type Backlog, type BacklogCount, BacklogProbe } from './backlog.js';
import { type HealthReport, type HealthStatus, healthStatus, partReport } from './health-report.js';
import { type Part, type PartHealth, PartProbe } from './part.js';

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

  /** Null when it cannot be counted. While a count is under way, it is the last one. */
  backlog(): Promise<BacklogCount | null> {
    return this.counted.backlog();
  }

  /** Whether the last count of the backlog failed. */
  get backlogFailed(): boolean {
    return this.counted.failed;
  }
}

/** The health of the daemon; returns within 2 seconds. */
@Injectable()
export class Health {
  // eslint-disable-next-line max-params -- Nest hands in one argument per injection
  constructor(
    private readonly loop: DaemonLoop,
    private readonly cycles: CycleRecorder,
    private readonly surroundings: Surroundings,
    private readonly config: EnvironmentConfig,
  ) {}

  /**
   * Whether the process can do work. It can while its event loop runs and no batch is stuck. A broker or database
   * that is down is no reason to restart the daemon.
   */
  isAlive(): boolean {
    return !this.loop.stuck;
  }

  async status(): Promise<HealthStatus> {
    const parts = await this.surroundings.parts();
    return healthStatus(this.loop.state, [...parts.values()]);
  }

  async report({ app, version }: AppInfo): Promise<HealthReport> {
    const { environment } = this.config;
    const [parts, counted] = await Promise.all([this.surroundings.parts(), this.surroundings.backlog()]);
    return {
      status: healthStatus(this.loop.state, [...parts.values()]),
      app,
      version,
      ...(environment !== undefined && { environment }),
      daemon: this.loop.daemon.identity,
      ...Object.fromEntries([...parts].map(([part, health]) => [part, partReport(health)])),
      lastCycle: this.cycles.lastCycle,
      backlog: counted && withoutDetails(counted),
      lastError: this.cycles.lastError,
    };
  }
}

function withoutDetails(counted: BacklogCount): Backlog {
  const { waiting, retrying, error, lapsed, setAside, oldestWaitingSeconds } = counted;
  return { waiting, retrying, error, lapsed, setAside, oldestWaitingSeconds };
}
