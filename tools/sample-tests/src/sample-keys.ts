import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JweEncrypter, Keyring } from '@comms/json-encryption';
import type { JWK } from 'jose';

/** The keys of a consumer: one of each kind. */
export interface SampleKeys {
  /** A JWK set with the private parts, for a sample; without X25519 for one that can't read it. */
  readonly file: (opensX25519: boolean) => string;
  /** The public RSA key, for a daemon. */
  readonly publicRsaFile: string;
  /** Encrypts as the product does, for the key with this kid. */
  readonly encrypt: (kid: string, json: string) => Promise<string>;
}

export const RSA_KID = 'rsa-2026-11';

/** The kids that each consumer can open, and the one that some can't. */
export const KIDS = [RSA_KID, 'p256-2026-11', 'a256kw-2026-11', 'dir-2026-11'];
export const X25519_KID = 'x25519-2026-11';

/** Writes new keys into `folder`. */
export async function sampleKeys(folder: string): Promise<SampleKeys> {
  const secret = () => ({ kty: 'oct', k: randomBytes(32).toString('base64url') });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const x25519 = generateKeyPairSync('x25519');
  const [direct, wrapping] = [{ ...secret(), alg: 'dir' }, secret()];
  const keysOf = (part: 'publicKey' | 'privateKey'): JWK[] =>
    [rsa[part].export({ format: 'jwk' }), ec[part].export({ format: 'jwk' }), wrapping, direct].map(
      (jwk, i) => ({
        ...jwk,
        kid: KIDS[i] ?? '',
      }),
    );
  const x25519Of = (part: 'publicKey' | 'privateKey'): JWK => ({
    ...x25519[part].export({ format: 'jwk' }),
    kid: X25519_KID,
  });
  const publicKeys = keysOf('publicKey');
  const write = async (name: string, content: object) => {
    await writeFile(join(folder, name), JSON.stringify(content), { mode: 0o600 });
    return join(folder, name);
  };
  const all = await write('all-keys.json', { keys: [...keysOf('privateKey'), x25519Of('privateKey')] });
  const withoutX25519 = await write('keys.json', { keys: keysOf('privateKey') });
  const forDaemons = { keys: [...publicKeys, x25519Of('publicKey')] };
  const keyring = await Keyring.parse(JSON.stringify(forDaemons));
  return {
    file: (opensX25519) => (opensX25519 ? all : withoutX25519),
    publicRsaFile: await write('public-rsa.json', { keys: publicKeys.slice(0, 1) }),
    encrypt: async (kid, json) => new JweEncrypter(await keyring.choose(kid)).encrypt(json),
  };
}
