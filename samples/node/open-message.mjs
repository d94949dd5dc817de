import { readFile } from 'node:fs/promises';
import { compactDecrypt, decodeProtectedHeader, importJWK } from 'jose';

/** A message that no later try can help. */
export class PoisonMessage extends Error {}

/** The private and symmetric keys of a JWK set, by their kid. */
export async function readKeys(file) {
  const { keys: jwks } = JSON.parse(await readFile(file, 'utf8'));
  const read = jwks.map(async (jwk) => {
    const algorithm = jwk.alg ?? ALGORITHMS[jwk.kty];
    return [jwk.kid, { algorithm, key: await importJWK(jwk, algorithm) }];
  });
  return new Map(await Promise.all(read));
}

const ALGORITHMS = { RSA: 'RSA-OAEP-256', EC: 'ECDH-ES+A256KW', OKP: 'ECDH-ES+A256KW', oct: 'A256KW' };

/**
 * The comm that a message holds. Throws `PoisonMessage` with a code where it can't be read, and another error where its
 * key is not in the set: that is not the message's fault.
 */
export async function openMessage(contentType, body, keys) {
  const json = contentType === 'application/jose' ? await decrypt(body, keys) : body;
  const comm = parse(() => JSON.parse(json));
  if (typeof comm?.commsDistributionId !== 'string') throw new PoisonMessage('MALFORMED');
  if (!(comm.version >= 1 && comm.version < 2)) throw new PoisonMessage('UNKNOWN_VERSION');
  return comm;
}

/** The key says the algorithm; the message may choose none. */
async function decrypt(jwe, keys) {
  const { kid } = parse(() => decodeProtectedHeader(jwe));
  if (typeof kid !== 'string') throw new PoisonMessage('MALFORMED');
  const found = keys.get(kid);
  if (found === undefined) throw new Error(`no key ${kid} in the key set: add it and start again`);
  const { key, algorithm } = found;
  const allowed = { keyManagementAlgorithms: [algorithm], contentEncryptionAlgorithms: ['A256GCM'] };
  try {
    return new TextDecoder().decode((await compactDecrypt(jwe, key, allowed)).plaintext);
  } catch {
    throw new PoisonMessage('NOT_DECRYPTABLE');
  }
}

function parse(read) {
  try {
    return read();
  } catch {
    throw new PoisonMessage('MALFORMED');
  }
}
