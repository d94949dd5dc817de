import type { Check, Configuration, Fault } from '@comms/config';
import { clientCertificateFaults, readAuthorities } from '@comms/config/tls';
import { parseDatabaseUrl, type SslMode } from './database-url.js';
import { DatasourceConfig } from './datasource.config.js';

/** What no single property of {@link DatasourceConfig} shows: whether the URL and the files of TLS fit together. */
export const DATASOURCE_CHECKS: readonly Check[] = [
  checkAuthoritiesFitMode,
  checkAuthoritiesCanBeUsed,
  checkClientCertificate,
];

function checkAuthoritiesFitMode(configuration: Configuration): readonly Fault[] {
  const { url, tlsCaFile } = configuration.get(DatasourceConfig);
  const mode = sslModeOf(url);
  const key = configuration.keyOf(DatasourceConfig, 'tlsCaFile');
  if (tlsCaFile === undefined && mode === 'verify-ca') {
    return [{ key, problem: 'is required when sslmode is verify-ca' }];
  }
  if (tlsCaFile !== undefined && (mode === 'disable' || mode === 'no-verify')) {
    return [{ key, problem: `has no effect when sslmode is ${mode}`, allowed: CHECKING_MODES }];
  }
  return [];
}

const CHECKING_MODES = 'together with sslmode require, verify-ca or verify-full';

function sslModeOf(url: string): SslMode | undefined {
  const parsed = parseDatabaseUrl(url);
  return 'value' in parsed ? parsed.value.sslMode : undefined;
}

function checkAuthoritiesCanBeUsed(configuration: Configuration): readonly Fault[] {
  const { tlsCaFile } = configuration.get(DatasourceConfig);
  if (tlsCaFile === undefined) return [];
  const read = readAuthorities(tlsCaFile);
  const key = configuration.keyOf(DatasourceConfig, 'tlsCaFile');
  return 'problem' in read ? [{ key, ...read, allowed: 'a readable PEM file' }] : [];
}

function checkClientCertificate(configuration: Configuration): readonly Fault[] {
  const { url, tlsCertFile, tlsKeyFile, tlsKeyPassphrase } = configuration.get(DatasourceConfig);
  return clientCertificateFaults({
    values: { certFile: tlsCertFile, keyFile: tlsKeyFile, passphrase: tlsKeyPassphrase },
    keys: {
      certFile: configuration.keyOf(DatasourceConfig, 'tlsCertFile'),
      keyFile: configuration.keyOf(DatasourceConfig, 'tlsKeyFile'),
      passphrase: configuration.keyOf(DatasourceConfig, 'tlsKeyPassphrase'),
    },
    noEffect: sslModeOf(url) === 'disable' ? 'has no effect when sslmode is disable' : undefined,
  });
}
