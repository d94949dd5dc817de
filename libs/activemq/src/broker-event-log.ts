import type { Log } from '@comms/daemon-runtime';
import { Counter, type Registry } from 'prom-client';
import type { BrokerEvent } from './link/broker-event.js';

/**
 * Logs and counts what happens between a courier and its broker. An event that repeats itself while a broker is down is
 * one log line. Each time is counted in `comms_broker_events_total`.
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
    const summary = `${type} ${event.broker} ${'code' in event ? event.code : ''}`;
    if (summary === this.last) return;
    this.last = summary;
    this.log[LEVELS[type]](`broker ${type}`, facts);
  };
}

/** None is an error: each one heals itself, or health shows it until someone acts. */
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
