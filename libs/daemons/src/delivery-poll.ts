import type { Clock, DaemonMetrics, PollReport } from '@comms/daemon-runtime';
import { type BatchReport, BatchSizer, deliverBatch, type DeliveryPorts } from '@comms/delivery';
import type { ExtractConfig } from './extract.config.js';

/** What a delivery daemon does at each poll: one batch, of a size that suits, counted in the metrics. */
export class DeliveryPoll {
  private readonly sizer: BatchSizer;

  constructor(
    private readonly ports: DeliveryPorts,
    private readonly config: ExtractConfig,
    private readonly runtime: { readonly metrics: DaemonMetrics; readonly clock: Clock },
  ) {
    const { batchSize, rowsInHand, batchesInHand } = config;
    this.sizer = new BatchSizer(Math.min(batchSize, Math.max(1, Math.floor(rowsInHand / batchesInHand))));
    this.count({ delivered: 0, retried: 0, failed: 0, setAside: 0, changedElsewhere: 0 });
  }

  async poll(): Promise<PollReport> {
    const { distributionStatus: deliveredStatus, maxMessageBytes } = this.config;
    const { clock } = this.runtime;
    const startedMs = clock.elapsedMs();
    const batchSize = this.sizer.size;
    const report = await deliverBatch(this.ports, { batchSize, maxMessageBytes, deliveredStatus });
    this.sizer.learn(report, clock.elapsedMs() - startedMs);
    this.count(report);
    return {
      next: report.more ? 'more' : 'idle',
      distributed: report.delivered,
      retried: report.retried,
      failed: report.failed + report.setAside,
      ...(report.trouble && { trouble: report.trouble }),
    };
  }

  private count(rows: Counts): void {
    const { metrics } = this.runtime;
    metrics.handled('delivered', rows.delivered);
    metrics.handled('retried', rows.retried);
    metrics.handled('failed', rows.failed);
    metrics.handled('set-aside', rows.setAside);
    metrics.changedElsewhere(rows.changedElsewhere);
  }
}

type Counts = Pick<BatchReport, 'delivered' | 'retried' | 'failed' | 'setAside' | 'changedElsewhere'>;
