import {
  Clock,
  type DaemonIdentity,
  type DaemonJob,
  DaemonMetrics,
  type PollReport,
} from '@comms/daemon-runtime';
import { type BatchReport, BatchSizer, type DeliveryPorts, deliverBatch } from '@comms/delivery';
import { Inject, Injectable } from '@nestjs/common';
import type { ExtractConfig } from './extract.config.js';
import { DELIVERY_PORTS, JOB_SETTINGS } from './tokens.js';

/** Who the daemon is for operators, and how it is to work. */
export interface JobSettings {
  readonly identity: DaemonIdentity;
  readonly config: ExtractConfig;
}

/** The job of a delivery daemon: one batch a poll. */
@Injectable()
export class DeliveryJob implements DaemonJob {
  readonly identity: DaemonIdentity;
  readonly schedule: string;
  readonly enabled: boolean;
  readonly batchesInHand: number;
  readonly wakeUp: boolean;
  private readonly sizer: BatchSizer;

  // eslint-disable-next-line max-params -- Nest hands in one argument an injection
  constructor(
    @Inject(DELIVERY_PORTS) private readonly ports: DeliveryPorts,
    @Inject(JOB_SETTINGS) private readonly settings: JobSettings,
    private readonly metrics: DaemonMetrics,
    private readonly clock: Clock,
  ) {
    this.identity = settings.identity;
    this.schedule = settings.config.schedule;
    this.enabled = settings.config.enabled;
    this.batchesInHand = settings.config.batchesInHand;
    this.wakeUp = settings.config.wakeUp;
    this.sizer = new BatchSizer(settings.config.batchSize);
    this.count({ delivered: 0, retried: 0, failed: 0, setAside: 0 });
  }

  async poll(): Promise<PollReport> {
    const { distributionStatus: deliveredStatus, maxMessageBytes } = this.settings.config;
    const startedMs = this.clock.elapsedMs();
    const limits = { batchSize: this.sizer.size, maxMessageBytes };
    const report = await deliverBatch(this.ports, { ...limits, deliveredStatus });
    this.sizer.learn(report, this.clock.elapsedMs() - startedMs);
    this.count(report);
    return {
      next: report.more ? 'more' : 'idle',
      distributed: report.delivered,
      retried: report.retried,
      failed: report.failed + report.setAside,
      ...(report.trouble && { trouble: report.trouble }),
    };
  }

  private count(rows: Pick<BatchReport, 'delivered' | 'retried' | 'failed' | 'setAside'>): void {
    this.metrics.distributed('delivered', rows.delivered);
    this.metrics.distributed('retried', rows.retried);
    this.metrics.distributed('failed', rows.failed);
    this.metrics.distributed('set-aside', rows.setAside);
  }
}
