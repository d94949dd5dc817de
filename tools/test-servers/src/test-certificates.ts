import { createHash, X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '@comms/kit';
import { cachedFolder } from './cached-folder.js';

/** A certificate and its private key, PEM. */
export interface TestCertificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Certificates for servers on this machine: one to trust, and one of each kind that a client must refuse. */
export interface TestCertificates {
  /** The authority that a test trusts. */
  readonly caFile: string;
  /** For localhost and 127.0.0.1. */
  readonly good: TestCertificate;
  readonly expired: TestCertificate;
  /** For another host's name. */
  readonly wrongHost: TestCertificate;
  /** For localhost, of an authority that no test trusts. */
  readonly unknownAuthority: TestCertificate;
  /** For clients of a server that trusts only this authority: one that it accepts, and others that it refuses. */
  readonly client: ClientCertificates;
  /** The good one as PKCS #12, for Java. */
  readonly keyStoreFile: string;
  /** The authority, for Java. */
  readonly trustStoreFile: string;
}

/** All of them for the user `comms`. */
interface ClientCertificates {
  readonly good: TestCertificate;
  /** As good, with another key. */
  readonly renewed: TestCertificate;
  readonly expired: TestCertificate;
  /** Of an authority that the server does not trust. */
  readonly foreign: TestCertificate;
  /** The good one, whose key {@link KEY_PASSPHRASE} opens. */
  readonly encrypted: TestCertificate;
}

export const KEY_STORE_PASSWORD = 'changeit';

/** Opens the encrypted key of a client. */
export const KEY_PASSPHRASE = 'opens-the-key';

const LOCAL = 'DNS:localhost,IP:127.0.0.1';
const VALID_DAYS = 3650;
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Made with the `openssl` command once per machine, and kept in the cache folder. */
export async function testCertificates(): Promise<TestCertificates> {
  const folder = await cachedFolder('certificates-2', fill);
  const certificate = (name: string): TestCertificate => ({
    certFile: join(folder, `${name}.pem`),
    keyFile: join(folder, `${name}.key`),
  });
  return {
    caFile: join(folder, 'authority.pem'),
    good: certificate('good'),
    expired: certificate('expired'),
    wrongHost: certificate('wrong-host'),
    unknownAuthority: certificate('unknown-authority'),
    client: {
      good: certificate('client'),
      renewed: certificate('renewed-client'),
      expired: certificate('expired-client'),
      foreign: certificate('foreign-client'),
      encrypted: { ...certificate('client'), keyFile: join(folder, 'encrypted-client.key') },
    },
    keyStoreFile: join(folder, 'good.p12'),
    trustStoreFile: join(folder, 'authority.jks'),
  };
}

async function fill(folder: string): Promise<void> {
  const openssl: Openssl = (...args) => runCommand('openssl', args, { cwd: folder });
  await makeAuthority(openssl, 'authority');
  await makeAuthority(openssl, 'other-authority');
  for (const [name, signing] of Object.entries(CERTIFICATES)) await makeCertificate(openssl, name, signing);
  await writeFile(join(folder, 'password'), KEY_STORE_PASSWORD);
  await writeFile(join(folder, 'passphrase'), KEY_PASSPHRASE);
  const encrypted = ['-out', 'encrypted-client.key', '-passout', 'file:passphrase'];
  await openssl('pkcs8', '-topk8', '-in', 'client.key', ...encrypted);
  const keyStore = ['-out', 'good.p12', '-passout', 'file:password'];
  await openssl('pkcs12', '-export', '-in', 'good.pem', '-inkey', 'good.key', ...keyStore);
  const trusted = new X509Certificate(await readFile(join(folder, 'authority.pem')));
  await writeFile(join(folder, 'authority.jks'), javaTrustStore(trusted.raw, KEY_STORE_PASSWORD));
}

type Openssl = (...args: string[]) => Promise<string>;

interface Signing {
  readonly subject: string;
  readonly ca?: string;
  readonly names?: string;
  readonly days?: number;
}

const SERVER: Signing = { subject: 'comms test server', names: LOCAL };
const CLIENT: Signing = { subject: 'comms' };

/** By the names of their files. */
const CERTIFICATES: Readonly<Record<string, Signing>> = {
  good: SERVER,
  expired: { ...SERVER, days: -1 },
  'wrong-host': { ...SERVER, names: 'DNS:elsewhere.example' },
  'unknown-authority': { ...SERVER, ca: 'other-authority' },
  client: CLIENT,
  'renewed-client': CLIENT,
  'expired-client': { ...CLIENT, days: -1 },
  'foreign-client': { ...CLIENT, ca: 'other-authority' },
};

function makeAuthority(openssl: Openssl, name: string): Promise<string> {
  const out = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
  return openssl('req', '-x509', ...NEW_KEY, ...out, '-days', `${VALID_DAYS}`, '-subj', `/CN=${name}`);
}

async function makeCertificate(openssl: Openssl, name: string, signing: Signing): Promise<void> {
  const { subject, ca = 'authority', names, days = VALID_DAYS } = signing;
  const request = ['-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${subject}`];
  const extension = names === undefined ? [] : ['-addext', `subjectAltName=${names}`];
  await openssl('req', ...NEW_KEY, ...request, ...extension);
  const authority = ['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-CAcreateserial', '-days', `${days}`];
  const files = ['-in', `${name}.csr`, '-out', `${name}.pem`];
  await openssl('x509', '-req', ...files, '-copy_extensions', 'copy', ...authority);
}

/** A JKS file with one trusted certificate: `openssl` makes none that Java trusts, and a host may lack Java's own tool. */
function javaTrustStore(certificate: Uint8Array, password: string): Uint8Array {
  const text = (value: string) => Buffer.concat([number(value.length, 2), Buffer.from(value)]);
  const entry = [number(TRUSTED_CERTIFICATE, 4), text('authority'), number(Date.now(), 8), text('X.509')];
  const header = [number(0xfeedfeed, 4), number(2, 4), number(1, 4)];
  const store = Buffer.concat([...header, ...entry, number(certificate.length, 4), certificate]);
  const seal = createHash('sha1').update(Buffer.from(password, 'utf16le').swap16());
  return Buffer.concat([store, seal.update('Mighty Aphrodite').update(store).digest()]);
}

const TRUSTED_CERTIFICATE = 2;

function number(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(BigInt(value));
  return buffer.subarray(8 - bytes);
}
