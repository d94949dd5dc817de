import { createPrivateKey, createPublicKey } from 'node:crypto';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { EncryptionError } from '../encryption-error.js';
import { aPemPair } from '../testing/a-pem-pair.js';
import { type Recipient, aRecipient } from '../testing/a-recipient.js';
import { Keyring } from './keyring.js';

const secret = { kty: 'oct', k: Buffer.alloc(32, 'a secret key of no one').toString('base64url') };

let rsa: Recipient;
let ec: Recipient;
let rsaPem: string;

beforeAll(async () => {
  rsa = await aRecipient({ kid: 'rsa' });
  ec = await aRecipient({ algorithm: 'ECDH-ES+A256KW', kid: 'ec' });
  rsaPem = createPublicKey({ key: { ...rsa.jwk }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
});

describe('the algorithm of a key', () => {
  it.each([
    ['oct', 'A256KW', () => secret],
    ['RSA', 'RSA-OAEP-256', () => ({ ...rsa.jwk, alg: undefined })],
    ['EC', 'ECDH-ES+A256KW', () => ({ ...ec.jwk, alg: undefined })],
  ] as const)('follows its type: %s is used with %s', async (_, algorithm, jwk) => {
    await expect(choose(jwk())).resolves.toMatchObject({ algorithm });
  });

  it.each(['dir', 'A256KW'] as const)('is the one that it names: %s', async (alg) => {
    await expect(choose({ ...secret, alg })).resolves.toMatchObject({ algorithm: alg });
  });
});

describe('the key id', () => {
  it('of a PEM key is its RFC 7638 thumbprint', async () => {
    const expected = await calculateJwkThumbprint(rsa.jwk);
    await expect(choose(rsaPem)).resolves.toMatchObject({ kid: expected, algorithm: 'RSA-OAEP-256' });
  });

  it('of the only key in a file, without kid, is the configured one', async () => {
    await expect(choose(rsaPem, 'partner-2026')).resolves.toMatchObject({ kid: 'partner-2026' });
  });

  it('chooses a key of a set, by kid or thumbprint', async () => {
    const nameless = { ...ec.jwk, kid: undefined };
    const set = { keys: [rsa.jwk, nameless, { ...secret, kid: 'oct' }] };
    await expect(choose(set, 'rsa')).resolves.toMatchObject({ kid: 'rsa', algorithm: 'RSA-OAEP-256' });
    const thumbprint = await calculateJwkThumbprint(ec.jwk);
    await expect(choose(set, thumbprint)).resolves.toMatchObject({
      kid: thumbprint,
      algorithm: 'ECDH-ES+A256KW',
    });
  });
});

describe('the newest key of a set', () => {
  const key = (kid: string, rest = {}) => ({ ...secret, kid, ...rest });

  it.each([
    ['the last', [key('a'), key('b')], 'b'],
    ['the one with the highest iat', [key('a', { iat: 1 }), key('b', { iat: 3 }), key('c', { iat: 2 })], 'b'],
    ['the last of equals', [key('a', { iat: 2 }), key('b', { iat: 2 }), key('c', { iat: 1 })], 'b'],
    ['never one without iat next to one with', [key('a', { iat: 1 }), key('b')], 'a'],
    ['never one for signatures', [key('a', { use: 'enc' }), key('b', { use: 'sig' })], 'a'],
    ['never one for other operations', [key('a'), key('b', { key_ops: ['sign', 'verify'] })], 'a'],
  ])('is %s', async (_, keys, kid) => {
    await expect(choose({ keys })).resolves.toMatchObject({ kid });
  });

  it('is not skipped when it is bad', async () => {
    await expect(codeOf({ keys: [key('a'), key('b', { k: 'AAAA' })] })).resolves.toBe('KEY_LENGTH_WRONG');
  });
});

describe('a key file', () => {
  it.each([
    ['a byte order mark and white space', () => `\uFEFF\n${JSON.stringify(rsa.jwk)}\n\n`],
    ['text around the PEM block', () => `Partner key of 2026\n${rsaPem}\n`],
    ['Windows line ends', () => rsaPem.replaceAll('\n', '\r\n')],
    ['the operations that WebCrypto writes', () => ({ ...ec.jwk, key_ops: [], ext: true })],
    ['wrapping among its operations', () => ({ ...rsa.jwk, key_ops: ['wrapKey'], use: 'enc' })],
  ])('may hold %s', async (_, content) => {
    await expect(choose(content())).resolves.toHaveProperty('kid');
  });

  it.each<[string, string, () => unknown]>([
    ['KEY_FORMAT_UNSUPPORTED', 'nothing', () => ''],
    ['KEY_FORMAT_UNSUPPORTED', 'neither JSON nor PEM', () => 'c2VjcmV0'],
    [
      'KEY_FORMAT_UNSUPPORTED',
      'a PEM block of another label',
      () => rsaPem.replaceAll('PUBLIC', 'RSA PUBLIC'),
    ],
    ['KEY_MALFORMED', 'JSON that is cut short', () => JSON.stringify(secret).slice(0, 40)],
    ['KEY_MALFORMED', 'JSON that is no key', () => ({ a: 1 })],
    ['KEY_MALFORMED', 'a set that is no list', () => ({ keys: {} })],
    ['KEY_MALFORMED', 'a set of other things', () => ({ keys: [null, 'a'] })],
    ['KEY_MALFORMED', 'a PEM block that is cut short', () => rsaPem.slice(0, 200)],
    ['KEY_MALFORMED', 'a PEM block that lacks a line', () => rsaPem.replace(/\n.*\n/, '\n')],
    ['KEY_MALFORMED', 'two PEM blocks', () => rsaPem + rsaPem],
    ['KEY_MALFORMED', 'a secret that is no base64url', () => ({ ...secret, k: '*'.repeat(43) })],
    ['KEY_MALFORMED', 'a secret without its value', () => ({ kty: 'oct', kid: 'a' })],
    ['KEY_MALFORMED', 'a nameless key without its value', () => ({ kty: 'RSA' })],
    ['KEY_MALFORMED', 'a point that is not on its curve', () => ({ ...ec.jwk, x: ec.jwk.y })],
    ['KEY_MALFORMED', 'an exponent that encrypts nothing', () => ({ ...rsa.jwk, e: 'AQ' })],
    ['KEY_MALFORMED', 'a kid that is no text', () => ({ ...secret, kid: 7 })],
    ['KEY_MALFORMED', 'a kid that is empty', () => ({ ...secret, kid: '' })],
    ['KEY_MALFORMED', 'an iat that is no number', () => ({ ...secret, iat: '2026-11-24' })],
    ['KEY_PRIVATE', 'a private RSA key', () => rsa.privateJwk],
    ['KEY_PRIVATE', 'a private EC key', () => ec.privateJwk],
    ['KEY_PRIVATE', 'a private key anywhere in the set', () => ({ keys: [rsa.jwk, ec.privateJwk] })],
    ['KEY_PRIVATE', 'a private key as PEM', () => aPemPair('P-256').privateKey],
    ['KEY_PRIVATE', 'a private key as PEM of the old form', sec1Pem],
    ['KEY_TYPE_UNSUPPORTED', 'a key of unknown type', () => ({ kty: 'PQ', kid: 'a' })],
    ['KEY_TYPE_UNSUPPORTED', 'an RSA-PSS key', () => aPemPair('rsa-pss').publicKey],
    ['KEY_CURVE_UNSUPPORTED', 'a key on secp256k1', () => aPemPair('secp256k1').publicKey],
    ['KEY_CURVE_UNSUPPORTED', 'a key on a Brainpool curve', () => aPemPair('brainpoolP256r1').publicKey],
    ['KEY_CURVE_UNSUPPORTED', 'an Ed25519 key', () => aPemPair('Ed25519').publicKey],
    ['KEY_CURVE_UNSUPPORTED', 'a key on an unknown curve', () => ({ ...ec.jwk, crv: 'P-999' })],
    ['KEY_ALGORITHM_UNSUPPORTED', 'RSA-OAEP with SHA-1', () => ({ ...rsa.jwk, alg: 'RSA-OAEP' })],
    ['KEY_ALGORITHM_UNSUPPORTED', 'an algorithm of another type', () => ({ ...rsa.jwk, alg: 'dir' })],
    ['KEY_ALGORITHM_UNSUPPORTED', 'a smaller wrapping key', () => ({ ...secret, alg: 'A128KW' })],
    ['KEY_LENGTH_WRONG', 'a secret of 128 bits', () => ({ ...secret, k: secret.k.slice(0, 22) })],
    ['KEY_LENGTH_WRONG', 'a secret of 512 bits', () => ({ ...secret, k: 'A'.repeat(86) })],
    ['KEY_LENGTH_WRONG', 'an RSA key of 1024 bits', () => aPemPair('rsa-1024').publicKey],
    ['KEY_NOT_FOR_ENCRYPTION', 'a key for signatures', () => ({ ...rsa.jwk, use: 'sig' })],
    ['KEY_NOT_FOR_ENCRYPTION', 'a set of such keys', () => ({ keys: [{ ...rsa.jwk, key_ops: ['verify'] }] })],
    ['KEY_SET_EMPTY', 'an empty set', () => ({ keys: [] })],
    ['KEY_ID_DUPLICATE', 'two keys with one kid', () => ({ keys: [{ ...rsa.jwk, kid: 'ec' }, ec.jwk] })],
  ])('is refused with %s where it holds %s', async (code, _, content) => {
    await expect(codeOf(content())).resolves.toBe(code);
  });

  it('is refused with KEY_ID_UNKNOWN where no key has the wanted kid, and names those that it holds', async () => {
    const error = await errorOf({ keys: [rsa.jwk, ec.jwk] }, 'other');
    expect(error.code).toBe('KEY_ID_UNKNOWN');
    expect(error.message).toContain('rsa, ec');
  });

  it('is refused with KEY_NOT_FOR_ENCRYPTION where the wanted key is for signatures', async () => {
    const error = await errorOf({ keys: [rsa.jwk, { ...ec.jwk, use: 'sig' }] }, 'ec');
    expect(error.code).toBe('KEY_NOT_FOR_ENCRYPTION');
  });

  it.each<[string, () => unknown]>([
    ['cut short', () => JSON.stringify(secret).slice(0, -1)],
    ['of the wrong length', () => ({ ...secret, k: secret.k + 'AAAA' })],
    ['of the wrong type', () => ({ ...secret, kty: secret.k })],
    ['of the wrong algorithm', () => ({ ...secret, alg: secret.k })],
    ['not JSON at all', () => secret.k],
  ])('leaves nothing of a key in the error when it is %s', async (_, content) => {
    const error = await errorOf(content());
    expect(inspect(error, { depth: 9 })).not.toContain(secret.k.slice(0, 8));
  });
});

async function choose(content: unknown, keyId?: string) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return (await Keyring.parse(text)).choose(keyId);
}

async function errorOf(content: unknown, keyId?: string): Promise<EncryptionError> {
  const error: unknown = await choose(content, keyId).catch((thrown: unknown) => thrown);
  if (error instanceof EncryptionError) return error;
  throw new Error('The key file was not refused.', { cause: error });
}

async function codeOf(content: unknown): Promise<string> {
  return (await errorOf(content)).code;
}

function sec1Pem(): string {
  return createPrivateKey(aPemPair('P-256').privateKey).export({ type: 'sec1', format: 'pem' }).toString();
}
