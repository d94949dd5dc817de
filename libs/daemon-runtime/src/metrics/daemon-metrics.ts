import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';

/** What a daemon counts of its rows. */
@Injectable()
export class DaemonMetrics {
  private readonly distributions: Counter<'outcome'>;
  private readonly elsewhere: Counter;

  constructor(registry: Registry) {
    this.distributions = new Counter({
      registers: [registry],
      labelNames: ['outcome'],
      name: 'comms_distributions_total',
      help: 'Rows that were handled, by what became of them',
    });
    this.elsewhere = new Counter({
      registers: [registry],
      name: 'comms_rows_changed_elsewhere_total',
      help: 'Rows whose outcome was not recorded, because another program had changed their status meanwhile',
    });
  }

  /**
   * Counts rows.
   * @param outcome `delivered`, `retried`, `failed` or `set-aside`; each exists from its first count on, also from one
   *   of 0
   */
  handled(outcome: string, rows: number): void {
    this.distributions.inc({ outcome }, rows);
  }

  /** Counts rows that another program changed while their message was in hand. */
  changedElsewhere(rows: number): void {
    this.elsewhere.inc(rows);
  }
}
