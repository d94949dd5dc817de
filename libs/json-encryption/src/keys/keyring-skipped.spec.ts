import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JWK } from 'jose';
import { EncryptionError } from '../encryption-error.js';
import { aPemPair } from '../testing/a-pem-pair.js';
import { type Recipient, aRecipient } from '../testing/a-recipient.js';
import { Keyring } from './keyring.js';

let recipient: Recipient;
let good: JWK;
let ed25519: object;
beforeAll(async () => {
  recipient = await aRecipient({ kid: 'good' });
  good = { ...recipient.jwk, use: 'enc' };
  ed25519 = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) };
});

describe('a set with one key to encrypt with', () => {
  it.each<[string, () => unknown]>([
    ['a key of unknown type for signatures without kid', () => ({ kty: 'XYZ', use: 'sig' })],
    ['a key of unknown type without kid', () => ({ kty: 'XYZ' })],
    ['a key for signatures whose kid is a number', () => ({ ...good, use: 'sig', kid: 7 })],
    ['a key for signatures whose iat is a text', () => ({ ...good, use: 'sig', kid: 's', iat: 'today' })],
    ['a key for signatures with the same kid', () => ({ ...good, use: 'sig' })],
    ['a key for signatures that is newer', () => ({ ...good, use: 'sig', kid: 's', iat: 9e9 })],
    ['a key of the algorithm RS256 without use', () => ({ ...good, use: undefined, kid: 's', alg: 'RS256' })],
    ['an Ed25519 key', () => ({ ...ed25519, kid: 's' })],
    ['an Ed25519 key without kid', () => ed25519],
    ['a key of type AKP', () => ({ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA', kid: 's' })],
    ['a key of the algorithm RSA-OAEP', () => ({ ...good, kid: 's', alg: 'RSA-OAEP' })],
    ['a key of the algorithm ECDH-ES', () => ({ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', alg: 'ECDH-ES' })],
    ['a key of the same kid and another algorithm', () => ({ ...good, alg: 'RSA-OAEP' })],
    ['an RSA key without its members', () => ({ kty: 'RSA', kid: 's' })],
    ['an RSA key whose members are numbers', () => ({ kty: 'RSA', n: 7, e: 3 })],
    ['a key for signatures that is cut short', () => ({ kty: 'RSA', use: 'sig', n: 'AA', e: 'AQAB' })],
    ['an object that is no key', () => ({})],
    ['null', () => null],
    ['a text', () => 'key'],
    ['a number', () => 7],
    ['a list', () => [{ kty: 'RSA' }]],
  ])('is usable next to %s', async (_, other) => {
    await expect(choose([good, other()])).resolves.toMatchObject({ kid: 'good' });
    await expect(choose([other(), good])).resolves.toMatchObject({ kid: 'good' });
    await expect(choose([good, other()], 'good')).resolves.toMatchObject({ kid: 'good' });
  });

  it('is usable whatever garbage the set also holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(garbage()), fc.array(garbage()), async (before, after) => {
        await expect(choose([...before, good, ...after])).resolves.toMatchObject({ kid: 'good' });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a private key', () => recipient.privateJwk],
    ['a private key for signatures', () => ({ ...recipient.privateJwk, use: 'sig' })],
    ['a private key of unknown type', () => ({ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AA', priv: 'AA' })],
    ['a private key without type', () => ({ ...recipient.privateJwk, kty: undefined })],
  ])('is refused where the set also holds %s', async (_, other) => {
    await expect(codeOf([good, other()])).resolves.toBe('KEY_PRIVATE');
    await expect(codeOf([other(), good])).resolves.toBe('KEY_PRIVATE');
  });

  it.each([
    ['KEY_NOT_FOR_ENCRYPTION', { use: 'sig' }],
    ['KEY_ALGORITHM_UNSUPPORTED', { alg: 'RSA-OAEP' }],
  ])('is refused with %s where key-id names the one that is skipped for it', async (code, members) => {
    await expect(codeOf([good, { ...good, kid: 'other', ...members }], 'other')).resolves.toBe(code);
  });
});

describe('a set without a key to encrypt with', () => {
  it.each([
    ['KEY_NOT_FOR_ENCRYPTION', () => [ed25519, null, { ...good, use: 'sig' }]],
    ['KEY_CURVE_UNSUPPORTED', () => [{ ...good, use: 'sig' }, null, ed25519]],
    ['KEY_TYPE_UNSUPPORTED', () => [ed25519, { kty: 'XYZ' }]],
    ['KEY_MALFORMED', () => [ed25519, null]],
  ])('is refused with %s, the reason of its last member', async (code, keys) => {
    await expect(codeOf(keys())).resolves.toBe(code);
  });
});

describe('a damaged key to encrypt with', () => {
  const damaged = { kty: 'RSA', n: 'AAAA', e: 'AQAB' };

  it('is not replaced by an older one in silence', async () => {
    await expect(codeOf([good, damaged])).resolves.toMatch(/^KEY_(?:MALFORMED|LENGTH_WRONG)$/);
  });

  it('does not affect a newer one', async () => {
    await expect(choose([damaged, good])).resolves.toMatchObject({ kid: 'good' });
  });

  it('of 1024 bits, without kid, does not affect a newer one', async () => {
    const keyring = await Keyring.parse(aPemPair('rsa-1024').publicKey);
    await expect(keyring.choose()).rejects.toMatchObject({ code: 'KEY_LENGTH_WRONG' });
  });
});

/** All that may be in a set, except private keys and keys that are meant to encrypt with. */
function garbage(): fc.Arbitrary<unknown> {
  const kid = fc.oneof(fc.constant('good'), fc.jsonValue());
  const iat = fc.oneof(fc.nat(), fc.jsonValue());
  const name = fc.record({ kid, iat }, { requiredKeys: [] });
  const reason = fc.oneof(
    fc.record({ kty: fc.string().filter((type) => !['oct', 'RSA', 'EC', 'OKP'].includes(type)) }),
    fc.record({ kty: fc.jsonValue().filter((type) => typeof type !== 'string') }),
    fc.constant({ kty: 'RSA', n: 'AQAB', e: 'AQAB', use: 'sig' }),
    fc.record({ kty: fc.constant('oct'), k: fc.string(), key_ops: fc.constant(['sign', 'verify']) }),
    fc.record({
      kty: fc.constant('oct'),
      k: fc.string(),
      use: fc.jsonValue().filter((use) => use !== 'enc'),
    }),
    fc.record({
      kty: fc.constant('RSA'),
      n: fc.string(),
      e: fc.string(),
      alg: fc.jsonValue().filter((alg) => alg !== 'RSA-OAEP-256'),
    }),
    fc.record({
      kty: fc.constantFrom('EC', 'OKP'),
      x: fc.string(),
      crv: fc.constantFrom('secp256k1', 'Ed448', 7),
    }),
    fc.record({ kty: fc.constantFrom('oct', 'RSA', 'EC', 'OKP') }),
    fc.dictionary(fc.string(), fc.jsonValue()).filter((object) => !('kty' in object) && !hasPrivate(object)),
  );
  const member = fc.tuple(reason, name).map(([about, called]) => ({ ...called, ...about }));
  return fc.oneof(
    member,
    fc.jsonValue().filter((value) => typeof value !== 'object' || value === null),
    fc.array(fc.jsonValue()),
  );
}

function hasPrivate(object: object): boolean {
  return ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv'].some((name) => name in object);
}

async function choose(keys: readonly unknown[], keyId?: string) {
  return (await Keyring.parse(JSON.stringify({ keys }))).choose(keyId);
}

async function codeOf(keys: readonly unknown[], keyId?: string): Promise<string> {
  const error: unknown = await choose(keys, keyId).catch((thrown: unknown) => thrown);
  if (error instanceof EncryptionError) return error.code;
  throw new Error('The set was not refused.', { cause: error });
}
