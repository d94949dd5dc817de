import type { BrokerConfig } from './broker.config.js';

/**
 * Within how many milliseconds of its call a put settles, whatever the broker does and other puts before it: time for
 * two connects and four unanswered waits, as a message needs that is never confirmed. A database transaction that is open meanwhile must be allowed to be idle for
 * longer.
 */
export function longestPut({
  connectTimeout,
  receiptTimeout,
}: Pick<BrokerConfig, 'connectTimeout' | 'receiptTimeout'>): number {
  return 2 * connectTimeout + 4 * receiptTimeout;
}
