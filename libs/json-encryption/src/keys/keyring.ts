import { EncryptionError } from '../encryption-error.js';
import { type EncryptionKey, importEncryptionKey } from './encryption-key.js';
import { isForEncryption } from './is-for-encryption.js';
import { keyAlgorithm } from './key-algorithm.js';
import { isJwk, readKeyText } from './read-key-text.js';
import type { UnverifiedJwk } from './unverified-jwk.js';

/**
 * The keys of one file that a message may be encrypted with. What else stands in a set is passed over, as RFC 7517,
 * section 5, wants it: keys for other uses, of other types, curves or algorithms, without a member that their type needs,
 * and what is no key at all.
 */
export class Keyring {
  private constructor(
    private readonly entries: readonly Entry[],
    private readonly passedOver: readonly PassedOver[],
  ) {}

  /**
   * Reads a JWK, a JWK set or a PEM public key; throws an EncryptionError. Of a set without a key to encrypt with, it is
   * that of the last member. Whether a key is whole and strong enough is judged when it is chosen.
   */
  static async parse(text: string): Promise<Keyring> {
    const members = readKeyText(text).map(judgeMember);
    const passedOver = members.filter((member) => 'error' in member);
    const candidates = members.filter((member) => 'jwk' in member);
    if (candidates.length === 0) {
      throw passedOver.at(-1)?.error ?? new EncryptionError('KEY_SET_EMPTY', 'The JWK set holds no key.');
    }
    const entries = await Promise.all(candidates.map(({ jwk }) => entryOf(jwk)));
    refuseDuplicates(entries);
    return new Keyring(entries, passedOver);
  }

  /**
   * The key of this key id, or the newest where none is asked for: the one with the highest `iat`; keys without `iat`
   * count as older than those with, and of equals the last in the set is the newest. A key without `kid` has its RFC 7638
   * thumbprint for one; if it is alone in its file, it takes the name that it is asked for by, and so it does where that is
   * its former `kid`. Throws an EncryptionError, and never takes another key instead.
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
    const alone = this.entries.length + this.passedOver.length === 1;
    const entry =
      this.entries.find(({ kid }) => kid === keyId) ??
      this.entries.find(({ jwk, formerKid }) => formerKid === keyId || (alone && ownKid(jwk) === undefined));
    if (entry !== undefined) return { jwk: entry.jwk, kid: keyId };
    throw this.passedOver.find(({ kid }) => kid === keyId)?.error ?? this.unknown();
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

interface PassedOver {
  readonly error: EncryptionError;
  readonly kid?: unknown;
}

interface Chosen extends Candidate {
  /** Absent where the key shall have its thumbprint. */
  readonly kid: string | undefined;
}

interface Entry extends Candidate {
  /** Its own or its thumbprint; a key without `kid` that can't be loaded has neither. */
  readonly kid: string | undefined;
  readonly formerKid: string | undefined;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** Whether messages could be encrypted with a member of the file, by what it says of itself. */
function judgeMember(member: unknown): Candidate | PassedOver {
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

function notForEncryption(): EncryptionError {
  return new EncryptionError(
    'KEY_NOT_FOR_ENCRYPTION',
    'By its use or key_ops the key is not for encryption.',
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

/** None where the key is damaged: that is told when it is chosen. */
async function thumbprintsOf(jwk: UnverifiedJwk): Promise<Partial<Pick<EncryptionKey, 'kid' | 'formerKid'>>> {
  try {
    return await importEncryptionKey(jwk);
  } catch (error) {
    if (error instanceof EncryptionError) return {};
    throw error;
  }
}

/** The same key may stand in a set twice without `kid`, spelt in different ways. */
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
