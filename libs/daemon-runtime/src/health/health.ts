import { Injectable } from '@nestjs/common';
import { EnvironmentConfig } from '../environment.config.js';
import { Cycles } from '../loop/cycles.js';
import { DaemonLoop } from '../loop/daemon-loop.js';
import type { AppInfo } from '../runtime.js';
import type { Backlog, BacklogCount } from './backlog-source.js';
import { type HealthReport, type HealthStatus, healthStatus, partReport } from './health-report.js';
import { Surroundings } from './surroundings.js';

/** The health of the daemon; returns within 2 seconds. */
@Injectable()
export class Health {
  // eslint-disable-next-line max-params -- Nest hands in one argument per injection
  constructor(
    private readonly loop: DaemonLoop,
    private readonly cycles: Cycles,
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
