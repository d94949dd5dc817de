import { BrokerConfig, checkBrokerTls, longestPut, requireBrokerUrl } from '@comms/activemq';
import type { Configuration, Fault } from '@comms/config';
import { DatasourceConfig, TimeExclusionConfig } from '@comms/distribution-store';
import { examineDirectory, FileOutboxConfig } from '@comms/file-outbox';
import { ExtractConfig, RouteConfig } from './extract.config.js';

/** The check that the first wait between two tries is no longer than the longest. */
export function checkRetryDelays(configuration: Configuration): readonly Fault[] {
  const { initialDelayMs, maxDelayMs } = configuration.get(ExtractConfig);
  if (initialDelayMs <= maxDelayMs) return [];
  return [
    {
      key: configuration.keyOf(ExtractConfig, 'maxDelayMs'),
      problem: `is shorter than ${configuration.keyOf(ExtractConfig, 'initialDelayMs')}`,
    },
  ];
}

/**
 * The check that a batch surely ends before the database takes its rows back: else another replica could claim rows
 * whose messages are still being put.
 */
export function checkBatchLimits(configuration: Configuration): readonly Fault[] {
  const put = longestPut(configuration.get(BrokerConfig));
  const { idleInTransactionTimeout } = configuration.get(DatasourceConfig);
  if (put < idleInTransactionTimeout) return [];
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

/** The check that messages expire only where the time exclusion is the end of the time in which they may be sent. */
export function checkExpiryMode(configuration: Configuration): readonly Fault[] {
  const { mode } = configuration.get(TimeExclusionConfig);
  if (mode === 'send-before') return [];
  return expiryFault(configuration, `${configuration.keyOf(TimeExclusionConfig, 'mode')}=${mode}`);
}

/** The check that messages expire only on a queue: a file would stay. */
export function checkExpiryRoute(configuration: Configuration): readonly Fault[] {
  const { type } = configuration.get(RouteConfig);
  if (type === 'queue') return [];
  return expiryFault(configuration, `${configuration.keyOf(RouteConfig, 'type')}=${type}`);
}

function expiryFault(configuration: Configuration, because: string): readonly Fault[] {
  if (!configuration.get(ExtractConfig).expireOnQueue) return [];
  const key = configuration.keyOf(ExtractConfig, 'expireOnQueue');
  return [{ key, problem: `cannot be true with ${because}`, allowed: 'false' }];
}

/** The check that sms-to-handset has what its route needs: a broker for a queue, a usable directory for files. */
export async function checkSmsRoute(configuration: Configuration): Promise<readonly Fault[]> {
  if (configuration.get(RouteConfig).type === 'queue') {
    return [...requireBrokerUrl(configuration), ...checkBrokerTls(configuration)];
  }
  const { dirname } = configuration.get(FileOutboxConfig);
  const key = configuration.keyOf(FileOutboxConfig, 'dirname');
  if (dirname === undefined)
    return [{ key, problem: `is required where ${configuration.keyOf(RouteConfig, 'type')} is file` }];
  const findings = await examineDirectory(dirname);
  return findings.map(({ problem, warning }) => ({ key, problem, ...(warning && { severity: 'warning' }) }));
}
