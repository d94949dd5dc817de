/** Makes the key pair of the sample, where there is none yet, and gives the folders to the daemons' user. */
import { generateKeyPairSync } from 'node:crypto';
import { chownSync, existsSync, writeFileSync } from 'node:fs';

const DAEMON = 10001;

for (const folder of ['/keys', '/outbox']) chownSync(folder, DAEMON, DAEMON);
if (!existsSync('/keys/public.pem')) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 3072,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeFileSync('/keys/private.pem', privateKey, { mode: 0o600 });
  writeFileSync('/keys/public.pem', publicKey);
}
