import type { ConnectionOptions } from 'node:tls';
import type { Parsed } from '@comms/config';
import { type ClientCertificate, LastGood, readAuthorities, readClientCertificate } from '@comms/config/tls';
import { BrokerError } from '../broker-error.js';
import type { BrokerConfig } from '../broker.config.js';
import type { BrokerEventListener } from '../link/broker-event.js';

/**
 * The files of TLS, read again at each connect. A client certificate that cannot be used leaves the last good one in use.
 * With authorities that cannot be used no connection is made.
 */
export class TlsFiles {
  private readonly certificates = new LastGood<ClientCertificate>();

  constructor(private readonly emit: BrokerEventListener) {}

  /** For a connection to `broker`. Throws a BrokerError. */
  read(config: BrokerConfig, broker: string): Pick<ConnectionOptions, 'ca' | 'cert' | 'key'> {
    return { ...authoritiesOf(config), ...this.certificateOf(config, broker) };
  }

  private certificateOf(config: BrokerConfig, broker: string): ClientCertificate | undefined {
    const found = certificateIn(config);
    if (found === undefined) return undefined;
    const certificate = this.certificates.take(found, (event) => {
      if (event.kind === 'renewed') this.emit({ type: 'client-certificate-renewed', broker });
      else this.emit({ type: 'client-certificate-kept', broker, code: FILES, text: event.text });
    });
    if ('value' in certificate) return certificate.value;
    throw new BrokerError(FILES, { hint: `${certificate.problem}.` });
  }
}

const FILES = 'BROKER_TLS_CLIENT_FILES';

function authoritiesOf({ tlsCaFile }: BrokerConfig): Pick<ConnectionOptions, 'ca'> {
  if (tlsCaFile === undefined) return {};
  const authorities = readAuthorities(tlsCaFile);
  if ('problem' in authorities) {
    throw new BrokerError('BROKER_TLS_CA_FILE', { hint: `It ${authorities.problem}.` });
  }
  return { ca: [...authorities.value] };
}

function certificateIn(config: BrokerConfig): Parsed<ClientCertificate> | undefined {
  const { tlsCertFile: certFile, tlsKeyFile: keyFile, tlsKeyPassphrase: passphrase } = config;
  if (certFile === undefined || keyFile === undefined) return undefined;
  const read = readClientCertificate({ certFile, keyFile, passphrase });
  return 'value' in read ? read : { problem: `${KEYS[read.field]} ${read.problem}` };
}

const KEYS = {
  certFile: 'comms.broker.tls.cert-file',
  keyFile: 'comms.broker.tls.key-file',
  passphrase: 'comms.broker.tls.key-passphrase',
} as const;
