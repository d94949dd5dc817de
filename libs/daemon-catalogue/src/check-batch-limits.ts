import { BrokerConfig, longestPut } from '@comms/activemq';
import type { Configuration, Fault } from '@comms/config';
import { DatasourceConfig, isReceiptLimitSafe } from '@comms/distribution-store';

/**
 * The check that a batch surely ends before the database takes its rows back: else another replica could claim rows
 * whose messages are still being put.
 */
export function checkBatchLimits(configuration: Configuration): readonly Fault[] {
  const put = longestPut(configuration.get(BrokerConfig));
  const { idleInTransactionTimeout } = configuration.get(DatasourceConfig);
  if (isReceiptLimitSafe(put, idleInTransactionTimeout)) return [];
  return [
    {
      key: configuration.keyOf(DatasourceConfig, 'idleInTransactionTimeout'),
      problem:
        `is too short: one batch may take the broker up to ${put / 1000}s, twice comms.broker.connect-timeout ` +
        'and four times comms.broker.receipt-timeout',
      allowed: `more than ${put / 1000}s`,
    },
  ];
}
