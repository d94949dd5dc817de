import { EncryptionError } from '../encryption-error.js';
import { type EncryptionKey, importEncryptionKey } from './encryption-key.js';
import { keyAlgorithm } from './key-algorithm.js';
import { isJwk, readKeyText, type UnverifiedJwk } from './read-key-text.js';

/**
 * The keys of one file that a message may be encrypted with. All other members of a set are ignored, as RFC 7517,
 * section 5, demands: keys for other uses, keys of other types, curves or algorithms, keys without a member that their
 * type needs, and members that are not keys.
 */
export class Keyring {
  private constructor(
    private readonly entries: readonly Entry[],
    private readonly skipped: readonly Skipped[],
  ) {}

  /**
   * Reads a JWK, a JWK set or a PEM public key. Throws an EncryptionError; for a set without a key to encrypt with, it is
   * the one of the last member. Whether a key is complete and strong enough is checked when it is chosen.
   */
  static async parse(text: string): Promise<Keyring> {
    const members = readKeyText(text).map(checkMember);
    const skipped = members.filter((member) => 'error' in member);
    const candidates = members.filter((member) => 'jwk' in member);
    if (candidates.length === 0) {
      throw skipped.at(-1)?.error ?? new EncryptionError('KEY_SET_EMPTY', 'The JWK set holds no key.');
    }
    const entries = await Promise.all(candidates.map(({ jwk }) => entryOf(jwk)));
    refuseDuplicates(entries);
    return new Keyring(entries, skipped);
  }

  /**
   * The key of this key id, or the newest key where no id is given. The newest has the highest `iat`. Keys without `iat`
   * count as older than keys with one, and of equals the last in the set is the newest.
   *
   * The `kid` of a key without one is its RFC 7638 thumbprint. It is the given id instead where the key is alone in its
   * file, or where its former `kid` is the given id. Throws an EncryptionError, and never chooses another key instead.
   */
  async choose(keyId?: string): Promise<EncryptionKey> {
    const { jwk, kid } = keyId === undefined ? this.newest() : this.named(keyId);
    return importEncryptionKey(jwk, kid);
  }

  private newest(): Chosen {
    const { jwk } = this.entries.reduce((newest, entry) =>
      entry.issuedAt >= newest.issuedAt ? entry : newest,
    );
    return { jwk, kid: ownKid(jwk) };
  }

  private named(keyId: string): Chosen {
    const alone = this.entries.length + this.skipped.length === 1;
    const entry =
      this.entries.find(({ kid }) => kid === keyId) ??
      this.entries.find(({ jwk, formerKid }) => formerKid === keyId || (alone && ownKid(jwk) === undefined));
    if (entry !== undefined) return { jwk: entry.jwk, kid: keyId };
    throw this.skipped.find(({ kid }) => kid === keyId)?.error ?? this.unknown();
  }

  private unknown(): EncryptionError {
    const known = this.entries.flatMap(({ kid }) => kid ?? []).join(', ');
    return new EncryptionError(
      'KEY_ID_UNKNOWN',
      `No key has the configured key id; the key file holds: ${known}.`,
    );
  }
}

interface Candidate {
  readonly jwk: UnverifiedJwk;
}

interface Skipped {
  readonly error: EncryptionError;
  readonly kid?: unknown;
}

interface Chosen extends Candidate {
  /** Absent where the `kid` is the thumbprint of the key. */
  readonly kid: string | undefined;
}

interface Entry extends Candidate {
  /** Its own `kid` or its thumbprint. A key without `kid` that cannot be loaded has neither. */
  readonly kid: string | undefined;
  readonly formerKid: string | undefined;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** Whether messages could be encrypted with a member of the file, by its own members. */
function checkMember(member: unknown): Candidate | Skipped {
  if (!isJwk(member)) {
    return { error: new EncryptionError('KEY_MALFORMED', 'A member of the JWK set is not a JWK.') };
  }
  const { kid } = member;
  if (!isForEncryption(member)) return { kid, error: notForEncryption() };
  try {
    keyAlgorithm(member);
    return { jwk: member };
  } catch (error) {
    if (error instanceof EncryptionError) return { kid, error };
    throw error;
  }
}

/** Whether `use` and `key_ops` of a JWK allow encryption. A key that has neither may be used. */
function isForEncryption({ use, key_ops: operations }: UnverifiedJwk): boolean {
  if (use !== undefined && use !== 'enc') return false;
  if (operations === undefined) return true;
  return (
    Array.isArray(operations) &&
    (operations.length === 0 || operations.some((operation) => ENCRYPTING.includes(String(operation))))
  );
}

/** WebCrypto writes an empty list for the public key of an agreement. */
const ENCRYPTING = ['encrypt', 'wrapKey', 'deriveKey', 'deriveBits'];

function notForEncryption(): EncryptionError {
  return new EncryptionError(
    'KEY_NOT_FOR_ENCRYPTION',
    'The use or key_ops of the key does not allow encryption.',
  );
}

async function entryOf(jwk: UnverifiedJwk): Promise<Entry> {
  const { iat = -Infinity } = jwk;
  const kid = ownKid(jwk);
  if (typeof iat !== 'number')
    throw new EncryptionError('KEY_MALFORMED', 'The iat of a key must be a number.');
  const { kid: name, formerKid } = kid === undefined ? await thumbprintsOf(jwk) : { kid };
  return { jwk, kid: name, formerKid, issuedAt: iat };
}

function ownKid({ kid }: UnverifiedJwk): string | undefined {
  if (kid === undefined || (typeof kid === 'string' && kid !== '')) return kid;
  throw new EncryptionError('KEY_MALFORMED', 'The kid of a key must be a text that is not empty.');
}

/** None where the key is damaged. That is reported when the key is chosen. */
async function thumbprintsOf(jwk: UnverifiedJwk): Promise<Partial<Pick<EncryptionKey, 'kid' | 'formerKid'>>> {
  try {
    return await importEncryptionKey(jwk);
  } catch (error) {
    if (error instanceof EncryptionError) return {};
    throw error;
  }
}

/** The same key may be in a set twice without `kid`, spelt in different ways. */
function refuseDuplicates(entries: readonly Entry[]): void {
  const distinct = new Set<string>();
  const named = new Set<string>();
  for (const { jwk, kid } of entries) {
    if (kid === undefined) continue;
    const identity = ownKid(jwk) === undefined ? `${kid} ${keyAlgorithm(jwk)}` : undefined;
    if (identity !== undefined && distinct.has(identity)) continue;
    if (named.has(kid)) {
      throw new EncryptionError('KEY_ID_DUPLICATE', 'Two keys of the JWK set have the same key id (kid).');
    }
    named.add(kid);
    if (identity !== undefined) distinct.add(identity);
  }
}
