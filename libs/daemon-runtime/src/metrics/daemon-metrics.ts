import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';

/** What a feature counts of its rows. A feature with measures of its own injects the `Registry` of prom-client. */
@Injectable()
export class DaemonMetrics {
  private readonly distributions: Counter<'outcome'>;

  constructor(registry: Registry) {
    this.distributions = new Counter({
      registers: [registry],
      labelNames: ['outcome'],
      name: 'comms_distributions_total',
      help: 'Rows that were handled, by what became of them',
    });
  }

  /**
   * Counts rows.
   * @param outcome one of a few fixed words, such as `sent`; each is there from its first count, be it one of 0
   */
  distributed(outcome: string, rows: number): void {
    this.distributions.inc({ outcome }, rows);
  }
}
