import type { Fault } from '../fault.js';
import { type ClientCertificateFiles, readClientCertificate } from './read-client-certificate.js';

/** The three properties of a client certificate. */
export interface ClientCertificateProperties {
  /** As they are set. */
  readonly values: { readonly [F in keyof ClientCertificateFiles]?: string | undefined };
  readonly keys: Readonly<Record<keyof ClientCertificateFiles, string>>;
  /** Why no connection would present it, to be read after the key: `has no effect when …`; undefined where one does. */
  readonly noEffect: string | undefined;
}

/** What is wrong with them before anything connects. */
export function clientCertificateFaults(properties: ClientCertificateProperties): readonly Fault[] {
  const { values, keys, noEffect } = properties;
  const { certFile, keyFile, passphrase } = values;
  const set = FIELDS.find((field) => values[field] !== undefined);
  if (set === undefined) return [];
  if (noEffect !== undefined) return [{ key: keys[set], problem: noEffect }];
  if (keyFile === undefined) return [{ key: keys.keyFile, problem: `is required where ${keys[set]} is set` }];
  if (certFile === undefined) {
    return [{ key: keys.certFile, problem: `is required where ${keys.keyFile} is set` }];
  }
  const read = readClientCertificate({ certFile, keyFile, passphrase });
  return 'problem' in read ? [{ key: keys[read.field], problem: read.problem }] : [];
}

const FIELDS = ['certFile', 'keyFile', 'passphrase'] as const;
