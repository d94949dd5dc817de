import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Check, Configuration, Fault } from '@comms/config';
import { parseDatabaseUrl, type SslMode } from './database-url.js';
import { DatasourceConfig } from './datasource.config.js';

/** What the single properties of {@link DatasourceConfig} cannot tell: whether URL and authorities fit together. */
export const DATASOURCE_CHECKS: readonly Check[] = [checkAuthoritiesFitMode, checkAuthoritiesCanBeUsed];

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
  try {
    const certificates = readFileSync(tlsCaFile, 'utf8').match(PEM_CERTIFICATES) ?? [];
    for (const certificate of certificates) new X509Certificate(certificate);
    return certificates.length > 0 ? [] : [faultOf(configuration, 'holds no certificate')];
  } catch (error) {
    return [faultOf(configuration, `cannot be used (${codeOf(error)})`)];
  }
}

/** One that is cut short counts too: TLS itself would pass over it without a word. */
const PEM_CERTIFICATES = /-----BEGIN CERTIFICATE-----.*?(-----END CERTIFICATE-----|$)/gs;

function faultOf(configuration: Configuration, problem: string): Fault {
  return { key: configuration.keyOf(DatasourceConfig, 'tlsCaFile'), problem, allowed: 'a readable PEM file' };
}

function codeOf(error: unknown): string {
  return (error as Partial<NodeJS.ErrnoException>).code ?? 'unknown';
}
