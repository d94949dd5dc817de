import { describe, expect, it } from '@jest/globals';
import { type JWK, compactDecrypt, decodeProtectedHeader, importJWK } from 'jose';
import { JweEncrypter } from './jwe-encrypter.js';
import { Keyring } from './keys/keyring.js';
import { FROZEN_MESSAGES, FROZEN_TEXT } from './testing/frozen-messages.js';

describe.each(FROZEN_MESSAGES)('a message of version 0.1.0 for $jwk.kid', ({ jwk, message }) => {
  it('is opened with the key of its time', async () => {
    const { plaintext } = await compactDecrypt(message, await importJWK(jwk));
    expect(Buffer.from(plaintext).toString('utf8')).toBe(FROZEN_TEXT);
  });

  it('looks like one of today: the same header members, the same lengths', async () => {
    const keyring = await Keyring.parse(JSON.stringify(publicPart(jwk)));
    const today = new JweEncrypter(await keyring.choose()).encrypt(FROZEN_TEXT);
    expect(today.split('.').map(({ length }) => length)).toEqual(
      message.split('.').map(({ length }) => length),
    );
    const { epk, ...header } = decodeProtectedHeader(message);
    const { epk: epkOfToday, ...headerOfToday } = decodeProtectedHeader(today);
    expect(JSON.stringify(headerOfToday)).toBe(JSON.stringify(header));
    expect(Object.keys(epkOfToday ?? {}).sort()).toEqual(Object.keys(epk ?? {}).sort());
  });
});

function publicPart({ kty, kid, alg, k, n, e, crv, x, y }: JWK) {
  return { kty, kid, alg, k, n, e, crv, x, y };
}
