import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './cached-folder.js';
import { runCommand } from './run-command.js';

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
  /** The good one as PKCS #12, for Java. */
  readonly keyStoreFile: string;
}

export const KEY_STORE_PASSWORD = 'changeit';

const LOCAL = 'DNS:localhost,IP:127.0.0.1';
const VALID_DAYS = 3650;
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Made with the `openssl` command once a machine, and kept in the cache folder. */
export async function testCertificates(): Promise<TestCertificates> {
  const folder = await cachedFolder('certificates-1', fill);
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
    keyStoreFile: join(folder, 'good.p12'),
  };
}

async function fill(folder: string): Promise<void> {
  const openssl = (...args: string[]) => runCommand('openssl', args, { cwd: folder });
  const authority = (name: string) =>
    openssl(
      'req',
      '-x509',
      ...NEW_KEY,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-days',
      `${VALID_DAYS}`,
      '-subj',
      `/CN=${name}`,
    );
  const server = async (name: string, { ca = 'authority', names = LOCAL, days = VALID_DAYS } = {}) => {
    const request = ['-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=comms test server'];
    await openssl('req', ...NEW_KEY, ...request, '-addext', `subjectAltName=${names}`);
    const signing = ['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-CAcreateserial', '-days', `${days}`];
    await openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-copy_extensions',
      'copy',
      ...signing,
      '-out',
      `${name}.pem`,
    );
  };
  await authority('authority');
  await authority('other-authority');
  await server('good');
  await server('expired', { days: -1 });
  await server('wrong-host', { names: 'DNS:elsewhere.example' });
  await server('unknown-authority', { ca: 'other-authority' });
  await writeFile(join(folder, 'password'), KEY_STORE_PASSWORD);
  await openssl(
    'pkcs12',
    '-export',
    '-in',
    'good.pem',
    '-inkey',
    'good.key',
    '-passout',
    'file:password',
    '-out',
    'good.p12',
  );
}
