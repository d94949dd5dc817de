import { Configuration } from '@comms/config';
import { Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Clock } from './clock.js';
import { Log } from './logging/log.js';
import { DaemonMetrics } from './metrics/daemon-metrics.js';

/** Which program this process is. */
export class AppInfo {
  constructor(
    /** Such as `push-to-handset`. */
    readonly app: string,
    readonly version: string,
  ) {}
}

/** What the assembly of a daemon gets from the process that it runs in. */
@Injectable()
export class Runtime {
  // eslint-disable-next-line max-params -- Nest hands in one argument per injection
  constructor(
    readonly app: AppInfo,
    readonly configuration: Configuration,
    readonly log: Log,
    readonly clock: Clock,
    readonly metrics: DaemonMetrics,
    /** Of all metrics. */
    readonly registry: Registry,
  ) {}
}
