import type { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { Fault } from '../fault.js';
import { codeOf, privateKey, readPem } from './pem.js';
import { pemCertificates } from './read-authorities.js';

/** Where the files of a client certificate are. */
export interface ClientCertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
  readonly passphrase: string | undefined;
}

/** What TLS presents to a server that asks for it. Both are PEM, the key decrypted. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** What is wrong, to be read after the name of the property. It holds nothing of the files or the passphrase. */
interface ClientCertificateProblem {
  readonly field: keyof ClientCertificateFiles;
  readonly problem: string;
}

type Read = { readonly value: ClientCertificate } | ClientCertificateProblem;

/**
 * The certificate with its chain and its key, exactly as they were checked: all of it loads, the key fits, and the
 * certificate is valid at `now`.
 */
export function readClientCertificate(files: ClientCertificateFiles, now = new Date()): Read {
  const certText = readPem(files.certFile);
  if ('problem' in certText) return { field: 'certFile', ...certText };
  const chain = pemCertificates(certText.value);
  if ('problem' in chain) return { field: 'certFile', ...chain };
  const own = chain.value[0].certificate;
  const untimely = validityProblem(own, now);
  if (untimely !== undefined) return { field: 'certFile', problem: untimely };
  const keyText = readPem(files.keyFile);
  if ('problem' in keyText) return { field: 'keyFile', ...keyText };
  const key = privateKey(keyText.value, files.passphrase);
  if ('problem' in key) return key;
  if (!own.checkPrivateKey(key.value)) {
    return { field: 'keyFile', problem: 'holds a private key that does not fit the certificate' };
  }
  return usable({
    cert: chain.value.map(({ pem }) => pem).join('\n'),
    key: key.value.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
}

function validityProblem({ validFrom, validTo }: X509Certificate, now: Date): string | undefined {
  if (now > new Date(validTo)) return `holds a certificate that expired at ${iso(validTo)}`;
  if (now < new Date(validFrom)) return `holds a certificate that is not valid before ${iso(validFrom)}`;
  return undefined;
}

function iso(date: string): string {
  return new Date(date).toISOString();
}

/** TLS has further rules, such as the smallest size of a key. */
function usable(pair: ClientCertificate): Read {
  try {
    createSecureContext(pair);
    return { value: pair };
  } catch (error) {
    return { field: 'certFile', problem: `holds a certificate that TLS does not allow (${codeOf(error)})` };
  }
}

/** The three properties of a client certificate. */
interface ClientCertificateProperties {
  /** As they are set. */
  readonly values: { readonly [F in keyof ClientCertificateFiles]?: string | undefined };
  readonly keys: Readonly<Record<keyof ClientCertificateFiles, string>>;
  /** Why no connection would present it, to be read after the key: `has no effect when …`; undefined where one does. */
  readonly noEffect: string | undefined;
}

/** What is wrong with the properties before any connection is made. */
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
