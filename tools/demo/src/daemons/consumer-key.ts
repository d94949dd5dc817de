import { compactDecrypt, exportJWK, generateKeyPair, type CryptoKey } from 'jose';

const KEY_ID = 'demo-consumer-1';

/** The key pair of the consumer of the encrypted queue. */
export class ConsumerKey {
  private constructor(
    /** The public key as a JWK, for the daemon's key file. */
    readonly publicJwk: string,
    /** The private key as a JWK set, for a consumer's own file. */
    readonly privateJwkSet: string,
    private readonly privateKey: CryptoKey,
  ) {}

  static async generate(): Promise<ConsumerKey> {
    const { publicKey, privateKey } = await generateKeyPair('RSA-OAEP-256', {
      modulusLength: 2048,
      extractable: true,
    });
    const named = { kid: KEY_ID, use: 'enc', alg: 'RSA-OAEP-256' };
    const publicJwk = { ...(await exportJWK(publicKey)), ...named };
    const privateJwkSet = { keys: [{ ...(await exportJWK(privateKey)), ...named }] };
    return new ConsumerKey(JSON.stringify(publicJwk, null, 2), JSON.stringify(privateJwkSet), privateKey);
  }

  /** The text inside a compact JWE. Rejects where there is no JWE, or one for another key. */
  async decrypt(jwe: string): Promise<string> {
    const { plaintext } = await compactDecrypt(jwe, this.privateKey);
    return new TextDecoder().decode(plaintext);
  }
}
