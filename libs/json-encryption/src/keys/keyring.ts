import { calculateJwkThumbprint } from 'jose';
import { EncryptionError } from '../encryption-error.js';
import { type EncryptionKey, importEncryptionKey } from './encryption-key.js';
import { isForEncryption } from './is-for-encryption.js';
import { readKeyText } from './read-key-text.js';
import type { UnverifiedJwk } from './unverified-jwk.js';

/** The keys of one file. Keys for other uses than encryption may stand among them, and are passed over. */
export class Keyring {
  private constructor(private readonly entries: readonly Entry[]) {}

  /** Reads a JWK, a JWK set or a PEM public key; throws an EncryptionError. The key is judged when it is chosen. */
  static async parse(text: string): Promise<Keyring> {
    const entries = await Promise.all(readKeyText(text).map(entryOf));
    if (entries.length === 0) throw new EncryptionError('KEY_SET_EMPTY', 'The JWK set holds no key.');
    if (new Set(entries.map(({ kid }) => kid)).size < entries.length) {
      throw new EncryptionError('KEY_ID_DUPLICATE', 'Two keys of the JWK set have the same key id (kid).');
    }
    return new Keyring(entries);
  }

  /**
   * The key of this key id, or the newest where none is asked for: the one with the highest `iat`; keys without `iat`
   * count as older than those with, and of equals the last in the set is the newest. A key without `kid` has its RFC 7638
   * thumbprint for one; if it is alone in its file, it takes the name that it is asked for by. Throws an EncryptionError,
   * and never takes another key instead.
   */
  async choose(keyId?: string): Promise<EncryptionKey> {
    const { jwk, kid } = keyId === undefined ? this.newest() : this.named(keyId);
    return importEncryptionKey(jwk, kid);
  }

  private newest(): Entry {
    const [first, ...others] = this.entries.filter(({ jwk }) => isForEncryption(jwk));
    if (first === undefined) throw notForEncryption();
    return others.reduce((newest, entry) => (entry.issuedAt >= newest.issuedAt ? entry : newest), first);
  }

  private named(keyId: string): Entry {
    const [first, ...others] = this.entries;
    const nameless = first?.jwk['kid'] === undefined && others.length === 0 ? first : undefined;
    const entry = nameless ? { ...nameless, kid: keyId } : this.entries.find(({ kid }) => kid === keyId);
    if (entry === undefined) {
      const known = this.entries.map(({ kid }) => kid).join(', ');
      throw new EncryptionError(
        'KEY_ID_UNKNOWN',
        `No key has the configured key id; the key file holds: ${known}.`,
      );
    }
    if (!isForEncryption(entry.jwk)) throw notForEncryption();
    return entry;
  }
}

interface Entry {
  readonly jwk: UnverifiedJwk;
  readonly kid: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

async function entryOf(jwk: UnverifiedJwk): Promise<Entry> {
  const { kid = await thumbprint(jwk), iat = -Infinity } = jwk;
  if (typeof kid !== 'string' || kid === '' || typeof iat !== 'number') {
    throw new EncryptionError(
      'KEY_MALFORMED',
      'The kid of a key must be a text that is not empty, its iat a number.',
    );
  }
  return { jwk, kid, issuedAt: iat };
}

async function thumbprint(jwk: UnverifiedJwk): Promise<string> {
  try {
    return await calculateJwkThumbprint(jwk);
  } catch {
    throw new EncryptionError('KEY_MALFORMED', 'A key without kid is of an unknown type or lacks members.');
  }
}

function notForEncryption(): EncryptionError {
  return new EncryptionError(
    'KEY_NOT_FOR_ENCRYPTION',
    'By its use or key_ops the key is not for encryption.',
  );
}
