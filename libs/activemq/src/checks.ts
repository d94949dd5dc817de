import type { Configuration, Fault } from '@comms/config';
import { clientCertificateFaults, readAuthorities } from '@comms/config/tls';
import { BrokerConfig } from './broker.config.js';
import { parseBrokerUrl } from './broker-url.js';

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

/** The check for daemons that put messages on a queue: the files of TLS can be used, and are used. */
export function checkBrokerTls(configuration: Configuration): readonly Fault[] {
  const broker = configuration.get(BrokerConfig);
  const { url = [], tlsCaFile } = broker;
  const usesTls = url.some((text) => {
    const parsed = parseBrokerUrl(text);
    return 'tls' in parsed && parsed.tls;
  });
  return [
    ...(usesTls && tlsCaFile !== undefined ? authorityFaults(configuration, tlsCaFile) : []),
    ...clientCertificateFaults({
      values: {
        certFile: broker.tlsCertFile,
        keyFile: broker.tlsKeyFile,
        passphrase: broker.tlsKeyPassphrase,
      },
      keys: {
        certFile: configuration.keyOf(BrokerConfig, 'tlsCertFile'),
        keyFile: configuration.keyOf(BrokerConfig, 'tlsKeyFile'),
        passphrase: configuration.keyOf(BrokerConfig, 'tlsKeyPassphrase'),
      },
      noEffect: usesTls || url.length === 0 ? undefined : 'has no effect when no URL of the broker has TLS',
    }),
  ];
}

function authorityFaults(configuration: Configuration, file: string): readonly Fault[] {
  const read = readAuthorities(file);
  return 'problem' in read ? [{ key: configuration.keyOf(BrokerConfig, 'tlsCaFile'), ...read }] : [];
}
