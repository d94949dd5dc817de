import { readFile } from 'node:fs/promises';
import { BrokerConfig } from '@comms/activemq';
import { loadConfiguration, renderFaults } from '@comms/config';
import { DemoError } from '../demo-error.js';
import { type BrokerAccess, lookAtQueue } from './look-at-queue.js';
import { isOf, type OutboundBroker, type QueuedMessage } from './outbound-broker.js';

/**
 * The brokers that the user has named, reached as the daemons reach them: with the login and the certificate authorities
 * that `environment` holds. Throws `BROKER` where these are faulty.
 */
export async function realBroker(urls: string, environment: NodeJS.ProcessEnv): Promise<OutboundBroker> {
  const accesses = await accessesOf(urls, environment);
  return {
    url: urls,
    look: async (queue, ids, count) => {
      const found: QueuedMessage[] = [];
      const failures: unknown[] = [];
      for (const access of accesses) {
        const missing = count - found.length;
        if (missing <= 0) break;
        const look = { queue, count: missing, wanted: (message: QueuedMessage) => isOf(ids, message) };
        const messages = await lookAtQueue(access, look).catch((error: unknown) => void failures.push(error));
        found.push(...(messages ?? []));
      }
      if (failures.length === accesses.length) throw failures[0];
      return found;
    },
  };
}

async function accessesOf(urls: string, environment: NodeJS.ProcessEnv): Promise<readonly BrokerAccess[]> {
  const { configuration, faults } = await loadConfiguration({
    sections: [{ type: BrokerConfig }],
    knownKeys: [],
    environment: { ...brokerVariables(environment), COMMS_BROKER_URL: urls },
  });
  if (faults !== undefined) throw new DemoError('BROKER', renderFaults(faults).trimEnd());
  const { url = [], username, password, tlsCaFile } = configuration.get(BrokerConfig);
  const authorities = tlsCaFile === undefined ? undefined : await readFile(tlsCaFile, 'utf8');
  return url.map((each) => ({ url: each, username, password, authorities }));
}

function brokerVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => /^COMMS_BROKER_/i.test(name)));
}
