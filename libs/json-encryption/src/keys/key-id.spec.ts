import { createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type JWK, calculateJwkThumbprint } from 'jose';
import { aPemPair } from '../testing/a-pem-pair.js';
import { Keyring } from './keyring.js';

/** A key as its maker's library writes it. */
interface Spelling {
  readonly canonical: JWK;
  readonly written: JWK;
}

const spellings = new Map<string, Spelling>();

beforeAll(() => {
  const rsa = jwkOf('rsa');
  spellings.set('RSA with the leading zero byte of a BigInteger', spelling(rsa, { n: withZero(rsa.n) }));
  spellings.set('RSA in standard base64', spelling(rsa, { n: standard(rsa.n) }));
  spellings.set('RSA whose exponent has a leading zero byte', spelling(rsa, { e: 'AAEAAQ' }));
  const ec = shortEc();
  spellings.set(
    'EC with a coordinate cut at its leading zero',
    spelling(ec, { x: bytes(ec.x).subarray(1).toString('base64url') }),
  );
});

describe('the kid of a key that has none', () => {
  it.each([
    'RSA with the leading zero byte of a BigInteger',
    'RSA in standard base64',
    'RSA whose exponent has a leading zero byte',
    'EC with a coordinate cut at its leading zero',
  ])('is the thumbprint of the key, not of its spelling: %s', async (name) => {
    const { canonical, written } = spellingOf(name);
    const [kid, formerKid] = [await calculateJwkThumbprint(canonical), await calculateJwkThumbprint(written)];
    expect(kid).not.toBe(formerKid);

    await expect(choose([written])).resolves.toMatchObject({ kid, formerKid });
    await expect(choose([canonical])).resolves.toEqual(expect.not.objectContaining({ formerKid: kid }));
    await expect(choose([written, { kty: 'XYZ' }], kid)).resolves.toMatchObject({ kid });
    await expect(choose([written, { kty: 'XYZ' }], formerKid)).resolves.toMatchObject({ kid: formerKid });
  });

  it.each(['rsa', 'P-256', 'P-384', 'P-521', 'X25519'])(
    'is the thumbprint of a PEM key: %s',
    async (kind) => {
      const { publicKey } = aPemPair(kind);
      const kid = await calculateJwkThumbprint(createPublicKey(publicKey).export({ format: 'jwk' }));

      const key = await (await Keyring.parse(publicKey)).choose();
      expect([key.kid, key.formerKid]).toEqual([kid, undefined]);
    },
  );

  it('is one for all spellings of the key, which may stand in one set', async () => {
    const { canonical, written } = spellingOf('RSA in standard base64');

    await expect(choose([canonical, written])).resolves.toMatchObject({
      kid: await calculateJwkThumbprint(canonical),
    });
  });

  it('is refused where another key has the same kid', async () => {
    const { canonical } = spellingOf('RSA in standard base64');
    const kid = await calculateJwkThumbprint(canonical);

    await expect(choose([canonical, { ...jwkOf('P-256'), kid }])).rejects.toMatchObject({
      code: 'KEY_ID_DUPLICATE',
    });
  });
});

function spellingOf(name: string): Spelling {
  const found = spellings.get(name);
  if (found === undefined) throw new Error(`no spelling ${name}`);
  return found;
}

async function choose(keys: readonly unknown[], keyId?: string) {
  return (await Keyring.parse(JSON.stringify({ keys }))).choose(keyId);
}

function spelling(canonical: JWK, members: Partial<JWK>): Spelling {
  return { canonical, written: { ...canonical, ...members } };
}

function jwkOf(kind: string): JWK {
  return createPublicKey(aPemPair(kind).publicKey).export({ format: 'jwk' });
}

/** A key whose x begins with a zero byte, as one in 256 does. */
function shortEc(): JWK {
  return {
    kty: 'EC',
    crv: 'P-256',
    x: 'AMX5LOh-oP6F48Ul5zlI64aytYfZKiCgoqPSBQWKiZE',
    y: '39CQ8gCvt3AHdZUnFKQDGgrIzEBnXatwQpxXcNm9jGo',
  };
}

function withZero(text = ''): string {
  return Buffer.concat([Buffer.alloc(1), bytes(text)]).toString('base64url');
}

function standard(text = ''): string {
  return bytes(text).toString('base64');
}

function bytes(text = ''): Buffer {
  return Buffer.from(text, 'base64url');
}
