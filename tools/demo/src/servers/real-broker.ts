import { readFile } from 'node:fs/promises';
import { BrokerConfig } from '@comms/activemq';
import { loadConfiguration, renderFaults } from '@comms/config';
import { DemoError } from '../demo-error.js';
import { type BrokerAccess, lookAtQueue, tryLogin } from './look-at-queue.js';
import { isOf, type OutboundBroker, type QueuedMessage } from './outbound-broker.js';

/**
 * The brokers that the user has named, reached as the daemons reach them: with the login and the certificate authorities
 * that `environment` holds. Throws `BROKER` where these are faulty, or none of the brokers lets the demo in.
 */
export async function realBroker(urls: string, environment: NodeJS.ProcessEnv): Promise<OutboundBroker> {
  const accesses = await accessesOf(urls, environment);
  const logins = await Promise.allSettled(accesses.map(tryLogin));
  const usable = accesses.filter((_, i) => logins[i]?.status === 'fulfilled');
  const [refusal] = logins.flatMap((login) => (login.status === 'rejected' ? [login.reason as unknown] : []));
  if (usable.length === 0) throw refusal;
  return {
    url: urls,
    isOwn: false,
    look: async (queue, ids, count) => {
      const found: QueuedMessage[] = [];
      for (const access of usable) {
        if (found.length >= count) break;
        const wanted = (message: QueuedMessage) => isOf(ids, message);
        found.push(...(await lookAtQueue(access, { queue, wanted, count: count - found.length })));
      }
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
