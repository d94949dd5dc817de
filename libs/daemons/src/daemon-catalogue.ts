import { BrokerConfig, checkBrokerTls, QueueConfig, requireBrokerUrl } from '@comms/activemq';
import { type Check, type ConfigurationRequest, type Section, describeProperties } from '@comms/config';
import { RUNTIME_SECTIONS } from '@comms/daemon-runtime';
import { DATASOURCE_CHECKS, DatasourceConfig, TimeExclusionConfig } from '@comms/distribution-store';
import { FileOutboxConfig } from '@comms/file-outbox';
import {
  checkBatchLimits,
  checkExpiryMode,
  checkExpiryRoute,
  checkPoolSize,
  checkRetryDelays,
  checkSmsRoute,
} from './checks.js';
import { EncryptionConfig } from './encryption.js';
import { checkEncryptionIsMeant, checkEncryptionKey } from './encryption-checks.js';
import { ExtractConfig, RouteConfig } from './extract.config.js';
import { MonitorConfig } from './monitor.config.js';

/** What one daemon can be configured with, besides what the runtime adds for each. */
export interface DaemonEntry {
  readonly sections: readonly Section[];
  readonly checks: readonly Check[];
}

export type DaemonCatalogue = Readonly<Record<App, DaemonEntry>>;

export type App = 'comms-monitor' | 'push-to-handset' | 'sms-to-handset' | 'extract-generic';

const DATABASE: readonly Section[] = [{ type: DatasourceConfig }, { type: TimeExclusionConfig }];

function delivery(prefix: string, ...more: Section['type'][]): readonly Section[] {
  const own = [ExtractConfig, EncryptionConfig, QueueConfig, ...more].map((type) => ({ type, prefix }));
  return [...DATABASE, { type: BrokerConfig }, ...own];
}

const DELIVERY_CHECKS: readonly Check[] = [
  ...DATASOURCE_CHECKS,
  checkEncryptionIsMeant,
  checkEncryptionKey,
  checkRetryDelays,
  checkBatchLimits,
  checkPoolSize,
  checkExpiryMode,
];

/** The properties of each daemon. */
export const DAEMON_CATALOGUE: DaemonCatalogue = {
  'comms-monitor': {
    sections: [...DATABASE, { type: MonitorConfig }],
    checks: DATASOURCE_CHECKS,
  },
  'push-to-handset': {
    sections: delivery('comms.handset.monitor'),
    checks: [...DELIVERY_CHECKS, requireBrokerUrl, checkBrokerTls],
  },
  'sms-to-handset': {
    sections: delivery('comms.sms.monitor', RouteConfig, FileOutboxConfig),
    checks: [...DELIVERY_CHECKS, checkSmsRoute, checkExpiryRoute],
  },
  'extract-generic': {
    sections: delivery('comms.external.monitor'),
    checks: [...DELIVERY_CHECKS, requireBrokerUrl, checkBrokerTls],
  },
};

/** The keys of all daemons: one file may serve all of them. */
const KNOWN_KEYS: readonly string[] = [
  ...new Set(
    describeProperties([
      ...RUNTIME_SECTIONS,
      ...Object.values(DAEMON_CATALOGUE).flatMap(({ sections }) => sections),
    ]).map(({ key }) => key),
  ),
];

/** What the runtime must know of a daemon besides its module. */
export function configurationOf(app: App): ConfigurationRequest & { readonly app: App } {
  return { app, ...DAEMON_CATALOGUE[app], knownKeys: KNOWN_KEYS };
}
