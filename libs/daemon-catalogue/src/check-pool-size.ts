import type { Configuration, Fault } from '@comms/config';
import { ExtractConfig } from '@comms/delivery-daemon';
import { DatasourceConfig } from '@comms/distribution-store';

/**
 * The check that batches never wait for each other's connections: each in hand keeps one, they share one for their
 * announcements, health and the count of the backlog have two, and a wake-up has another.
 */
export function checkPoolSize(configuration: Configuration): readonly Fault[] {
  const { batchesInHand, wakeUp } = configuration.get(ExtractConfig);
  const needed = batchesInHand + 3 + (wakeUp ? 1 : 0);
  if (configuration.get(DatasourceConfig).poolSize >= needed) return [];
  const because = `${configuration.keyOf(ExtractConfig, 'batchesInHand')}=${batchesInHand}`;
  return [
    {
      key: configuration.keyOf(DatasourceConfig, 'poolSize'),
      problem: `is too small for ${because}${wakeUp ? ` and ${configuration.keyOf(ExtractConfig, 'wakeUp')}=true` : ''}`,
      allowed: `${needed} or more`,
    },
  ];
}
