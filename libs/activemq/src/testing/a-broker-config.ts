import { aConfig } from '@comms/config/testing';
import { BrokerConfig } from '../broker.config.js';

/** The defaults, with limits for a broker on this machine that answers at once or never. */
export function aBrokerConfig(values: Partial<BrokerConfig> = {}): BrokerConfig {
  return aConfig(BrokerConfig, { connectTimeout: 2_000, receiptTimeout: 2_000, ...values });
}
