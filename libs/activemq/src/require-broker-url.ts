import type { Configuration, Fault } from '@comms/config';
import { BrokerConfig } from './broker.config.js';

/** The check for daemons that put messages on a queue: they need a broker. */
export function requireBrokerUrl(configuration: Configuration): readonly Fault[] {
  if (configuration.get(BrokerConfig).url !== undefined) return [];
  return [
    {
      key: configuration.keyOf(BrokerConfig, 'url'),
      problem: 'is required where messages go to a queue',
      allowed: 'one or more URLs such as stomp://host:61613',
    },
  ];
}
