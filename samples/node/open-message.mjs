import { readFile } from 'node:fs/promises';
import { compactDecrypt, decodeProtectedHeader, importJWK } from 'jose';

/** A message that no later try can help. */
export class PoisonMessage extends Error {}

/** No key for a message: that is not the message's fault. */
export class MissingKey extends Error {
  constructor(kid) {
    super(`no key ${kid} in the key set`);
  }
}

/**
 * The private and symmetric keys of a JWK set, or of a single JWK, by their kid. Members that open no message are passed
 * over. An error names the file and the reason, and never what the file holds: a parser's own message would show it.
 */
export async function readKeys(file) {
  const refuse = (reason) => new Error(`key file ${file}: ${reason}`);
  const text = await readFile(file, 'utf8').catch(({ code }) => {
    throw refuse(`can't be read (${code})`);
  });
  if (text.includes('-----BEGIN')) throw refuse('is a PEM, and must be a JWK set: see key-set.mjs');
  const keys = new Map();
  for (const jwk of membersOf(text, refuse)) {
    const found = await usableKey(jwk).catch(() => undefined);
    if (found !== undefined) keys.set(jwk.kid, found);
  }
  if (keys.size === 0) throw refuse('holds no private or symmetric key with a kid that opens messages');
  return keys;
}

const ALGORITHMS = {
  RSA: ['RSA-OAEP-256'],
  EC: ['ECDH-ES+A256KW'],
  OKP: ['ECDH-ES+A256KW'],
  oct: ['A256KW', 'dir'],
};

function membersOf(text, refuse) {
  let set;
  try {
    set = JSON.parse(text);
  } catch {
    throw refuse('is not JSON');
  }
  if (Array.isArray(set?.keys)) return set.keys;
  if (typeof set?.kty === 'string') return [set];
  throw refuse('holds neither a JWK set nor a JWK');
}

async function usableKey(jwk) {
  const known = ALGORITHMS[jwk.kty] ?? [];
  const algorithm = jwk.alg ?? known[0];
  const isPrivate = typeof (jwk.kty === 'oct' ? jwk.k : jwk.d) === 'string';
  if (typeof jwk.kid !== 'string' || !known.includes(algorithm) || !isPrivate) return undefined;
  const key = await importJWK(jwk, algorithm);
  return jwk.kty === 'oct' && key.length !== 32 ? undefined : { algorithm, key };
}

/**
 * The comm that a message holds. Throws `PoisonMessage` with a code where it can't be read, and `MissingKey` where its key
 * is not in the set.
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
  if (found === undefined) throw new MissingKey(kid);
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
