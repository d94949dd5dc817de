import { BrokerConfig, checkBrokerTls } from '@comms/activemq';
import { loadConfiguration, renderFaults } from '@comms/config';
import { readAuthorities, readClientCertificate } from '@comms/config/tls';
import { DemoError } from '../demo-error.js';
import { type BrokerAccess, lookAtQueue, tryLogin } from './look-at-queue.js';
import type { TlsMaterial } from '@comms/kit/stomp-socket';
import { isOf, type OutboundBroker, type QueuedMessage } from './outbound-broker.js';

/**
 * The brokers that the user has named, reached as the daemons reach them: with the login and the files of TLS
 * that `environment` names. Throws `BROKER` where these are faulty, or none of the brokers lets the demo in.
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
    checks: [checkBrokerTls],
    environment: { ...brokerVariables(environment), COMMS_BROKER_URL: urls },
  });
  if (faults !== undefined) throw new DemoError('BROKER', renderFaults(faults).trimEnd());
  const broker = configuration.get(BrokerConfig);
  const { url = [], username, password } = broker;
  const tls = tlsOf(broker);
  return url.map((each) => ({ url: each, username, password, tls }));
}

/** The check has found the files sound. */
function tlsOf(broker: BrokerConfig): TlsMaterial {
  const { tlsCaFile, tlsCertFile: certFile, tlsKeyFile: keyFile, tlsKeyPassphrase: passphrase } = broker;
  const authorities = tlsCaFile === undefined ? undefined : readAuthorities(tlsCaFile);
  const certificate =
    certFile === undefined || keyFile === undefined
      ? undefined
      : readClientCertificate({ certFile, keyFile, passphrase });
  return {
    ...(authorities && 'value' in authorities && { ca: [...authorities.value] }),
    ...(certificate && 'value' in certificate && certificate.value),
  };
}

function brokerVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => /^COMMS_BROKER_/i.test(name)));
}
