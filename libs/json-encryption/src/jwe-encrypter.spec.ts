import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JweEncrypter } from './jwe-encrypter.js';
import type { KeyAlgorithm } from './keys/key-algorithm.js';
import { Keyring } from './keys/keyring.js';
import { type Recipient, aRecipient } from './testing/a-recipient.js';

const kinds: [KeyAlgorithm, string][] = [
  ['dir', 'symmetric'],
  ['A256KW', 'symmetric'],
  ['RSA-OAEP-256', '2048 bits'],
  ['ECDH-ES+A256KW', 'P-256'],
  ['ECDH-ES+A256KW', 'P-384'],
  ['ECDH-ES+A256KW', 'P-521'],
  ['ECDH-ES+A256KW', 'X25519'],
];

describe.each(kinds)('a message encrypted with %s (%s)', (algorithm, curve) => {
  let recipient: Recipient;
  let encrypter: JweEncrypter;

  beforeAll(async () => {
    recipient = await aRecipient({ algorithm, curve, kid: 'clé-2026' });
    encrypter = await encrypterFor(recipient);
  });

  it('is opened by its recipient, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 500 }), async (text) => {
        expect((await recipient.open(encrypter.encrypt(text))).text).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  it('says in its header how it was encrypted, with which key, and that it holds JSON', async () => {
    const { header } = await recipient.open(encrypter.encrypt('{}'));
    const { epk, ...rest } = header;
    expect(rest).toEqual({ alg: algorithm, enc: 'A256GCM', cty: 'json', kid: 'clé-2026' });
    const agreed = algorithm === 'ECDH-ES+A256KW';
    expect(epk).toEqual(agreed ? expect.objectContaining({ crv: curve }) : undefined);
    expect(Object.keys(epk ?? {})).not.toContain('d');
  });

  it.each([0, 1, 2, 3, 4])('cannot be opened once any byte of its part %i is altered', async (i) => {
    const parts = encrypter.encrypt('{"message":"Your bill is ready."}').split('.');
    expect(parts).toHaveLength(5);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (position, change) => {
        const altered = parts.with(i, withAlteredByte(parts[i] ?? '', position, change)).join('.');
        await expect(recipient.open(altered)).rejects.toThrow();
      }),
      { numRuns: 15 },
    );
  });

  it('cannot be opened by another of the same kind', async () => {
    const other = await aRecipient({ algorithm, curve });
    await expect(other.open(encrypter.encrypt('{}'))).rejects.toThrow();
  });

  it('shares no IV and no encrypted key with another of the same text', () => {
    const messages = Array.from({ length: 600 }, () => encrypter.encrypt('{}').split('.'));
    expect(new Set(messages.map(([, , iv]) => iv)).size).toBe(600);
    expect(new Set(messages.map(([, encryptedKey]) => encryptedKey)).size).toBe(
      algorithm === 'dir' ? 1 : 600,
    );
    expect(new Set(messages.map(([header]) => header)).size).toBe(algorithm === 'ECDH-ES+A256KW' ? 600 : 1);
  });
});

describe('JweEncrypter', () => {
  it('carries a message of 10 MB', async () => {
    const recipient = await aRecipient({ algorithm: 'A256KW' });
    const text = 'ü'.repeat(5_000_000);
    const { text: opened } = await recipient.open((await encrypterFor(recipient)).encrypt(text));
    expect(opened === text).toBe(true);
  });

  it('refuses a key with which no secret can be agreed on', async () => {
    const x = Buffer.alloc(32).toString('base64url');
    const key = await (await Keyring.parse(JSON.stringify({ kty: 'OKP', crv: 'X25519', x }))).choose();
    expect(() => new JweEncrypter(key)).toThrow(expect.objectContaining({ code: 'KEY_MALFORMED' }));
  });
});

async function encrypterFor({ jwk }: Recipient): Promise<JweEncrypter> {
  const keyring = await Keyring.parse(JSON.stringify(jwk));
  return new JweEncrypter(await keyring.choose());
}

/** To a part that is empty, the encrypted key of `dir`, a byte is added. */
function withAlteredByte(part: string, position: number, change: number): string {
  const bytes = part === '' ? Buffer.alloc(1) : Buffer.from(part, 'base64url');
  const at = position % bytes.length;
  bytes.writeUInt8(bytes.readUInt8(at) ^ change, at);
  return bytes.toString('base64url');
}
