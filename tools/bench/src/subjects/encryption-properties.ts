import { generateKeyPair as generateKeyPairCallback, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Properties } from '@comms/end-to-end';

const generateKeyPair = promisify(generateKeyPairCallback);

/** Writes a new key to the folder; answers the properties by which push-to-handset encrypts with it. */
export async function encryptionProperties(kind: 'symmetric' | 'rsa', folder: string): Promise<Properties> {
  const keyFile = join(folder, `key-${kind}`);
  await writeFile(keyFile, kind === 'symmetric' ? symmetricJwk() : await rsaPublicPem());
  return {
    'comms.handset.monitor.extract.encryption.enabled': true,
    'comms.handset.monitor.extract.encryption.key-file': keyFile,
  };
}

/** A key that encrypts the content itself, without a key of each message's own. */
function symmetricJwk(): string {
  return JSON.stringify({ kty: 'oct', kid: 'bench', alg: 'dir', k: randomBytes(32).toString('base64url') });
}

async function rsaPublicPem(): Promise<string> {
  const { publicKey } = await generateKeyPair('rsa', { modulusLength: 2048 });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
