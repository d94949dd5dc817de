import type { Log } from '@comms/daemon-runtime';
import { Counter, type Registry } from 'prom-client';
import type { BrokerEvent } from './link/broker-event.js';

/**
 * Tells in log and metrics what happens between a courier and its broker. Trouble that repeats itself while a broker
 * is away is one line; each time is counted in `comms_broker_events_total`.
 */
export class BrokerEventLog {
  private readonly events: Counter<'event'>;
  private last = '';

  constructor(
    private readonly log: Log,
    registry: Registry,
  ) {
    this.events = new Counter({
      registers: [registry],
      labelNames: ['event'],
      name: 'comms_broker_events_total',
      help: 'What happened between the daemon and its broker',
    });
  }

  readonly tell = (event: BrokerEvent): void => {
    const { type, ...facts } = event;
    this.events.inc({ event: type });
    const sight = `${type} ${event.broker} ${'code' in event ? event.code : ''}`;
    if (sight === this.last) return;
    this.last = sight;
    this.log[LEVELS[type]](`broker ${type}`, facts);
  };
}

/** None is an error: each of them heals by itself or shows in health until someone acts. */
const LEVELS: Record<BrokerEvent['type'], 'info' | 'warn'> = {
  connected: 'info',
  'connect-failed': 'warn',
  disconnected: 'warn',
  blocked: 'warn',
  unblocked: 'info',
  'transaction-failed': 'warn',
  'transactions-shrunk': 'warn',
  'client-certificate-renewed': 'info',
  'client-certificate-kept': 'warn',
};
