import { readFile } from 'node:fs/promises';
import { compactDecrypt, decodeProtectedHeader, importJWK } from 'jose';

/** A message that no later try can help. */
export class PoisonMessage extends Error {}

/** No key for a message: that is not the message's fault. */
export class MissingKey extends Error {
  constructor(kid) {
    super(`no key ${shown(kid)} in the key set`);
  }
}

/** How a value that a stranger may have written stands in a line of the log: it can begin no line of its own. */
export function shown(value) {
  if (/^[A-Za-z0-9._~-]{1,100}$/.test(value)) return value;
  const escapeOf = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value.slice(0, 100)).replace(/[^ -~]/g, escapeOf);
}

/**
 * The private and symmetric keys of a JWK set, or of a single JWK, by their kid. Members that open no message are
 * ignored. An error names the file and the reason, and never what the file holds: a parser's own message would show it.
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
 * The comm that a message holds: its members, its text unchanged, and when its time is over. Throws `PoisonMessage`
 * with a code where it can't be read, and `MissingKey` where its key is not in the set.
 */
export async function openMessage(contentType, body, { keys, takesPlain }) {
  const isEncrypted = contentType === 'application/jose';
  // Anyone who may write to the queue can write plain text.
  if (!isEncrypted && !takesPlain) throw new PoisonMessage('NOT_ENCRYPTED');
  const text = textOf(isEncrypted ? await decrypt(textOf(body), keys) : body);
  const comm = parse(() => JSON.parse(text));
  if (typeof comm !== 'object' || comm === null || Array.isArray(comm)) throw new PoisonMessage('MALFORMED');
  if (typeof comm.version !== 'number') throw new PoisonMessage('MALFORMED');
  // Before the other members: those of a later version may differ.
  if (!(comm.version >= 1 && comm.version < 2)) throw new PoisonMessage('UNKNOWN_VERSION');
  // Release 0.1.0 wrote no `sending`.
  const { commsDistributionId, message, sending = '0', timeExclusion } = comm;
  const hasId = typeof commsDistributionId === 'string' && /^[0-9]{1,19}$/.test(commsDistributionId);
  const hasMessage = typeof message === 'string' && message !== '';
  const hasSending = typeof sending === 'string' && /^[0-9]{1,20}$/.test(sending);
  if (!hasId || !hasMessage || !hasSending) throw new PoisonMessage('MALFORMED');
  const timeIsOverAt = timeExclusion === undefined ? Infinity : instantOf(timeExclusion);
  return { members: { ...comm, sending }, text, timeIsOverAt };
}

/** Strict: `Date` alone takes the 30th of February. */
function instantOf(given) {
  const hasForm = typeof given === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(given);
  const instant = hasForm ? Date.parse(given) : NaN;
  const isReal =
    !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 19) === given.slice(0, 19);
  if (!isReal) throw new PoisonMessage('MALFORMED');
  return instant;
}

function textOf(bytes) {
  return parse(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
}

/** The key says the algorithm; the message may choose none. */
async function decrypt(jwe, keys) {
  const { kid, alg, enc, zip } = parse(() => decodeProtectedHeader(jwe));
  // Compressed, a short message could grow without limit.
  const isKnown = Object.values(ALGORITHMS).flat().includes(alg) && enc === 'A256GCM' && zip === undefined;
  if (!isKnown || typeof kid !== 'string' || kid === '') throw new PoisonMessage('MALFORMED');
  const found = keys.get(kid);
  if (found === undefined) throw new MissingKey(kid);
  const { key, algorithm } = found;
  const allowed = { keyManagementAlgorithms: [algorithm], contentEncryptionAlgorithms: ['A256GCM'] };
  try {
    return (await compactDecrypt(jwe, key, allowed)).plaintext;
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
