import { createHash } from 'node:crypto';

/** What a derived key is for. */
interface KeyPurpose {
  /** The `alg`, or for direct agreement the `enc`, that the key is for. */
  readonly algorithm: string;
  readonly keyBits: number;
  /** What the header says of the producer (`apu`) and of the recipient (`apv`). */
  readonly partyU?: string;
  readonly partyV?: string;
}

/** The OtherInfo of RFC 7518, section 4.6.2: binds a derived key to its purpose. */
export function otherInfo({ algorithm, keyBits, partyU = '', partyV = '' }: KeyPurpose): Buffer {
  return Buffer.concat([withLength(algorithm), withLength(partyU), withLength(partyV), uint32(keyBits)]);
}

/** The Concat KDF of NIST SP 800-56A with SHA-256. One round is enough for keys of up to 256 bits. */
export function concatKdf(secret: Uint8Array, info: Uint8Array): Buffer {
  return createHash('sha256').update(FIRST_ROUND).update(secret).update(info).digest();
}

function withLength(text: string): Buffer {
  return Buffer.concat([uint32(Buffer.byteLength(text)), Buffer.from(text)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const FIRST_ROUND = uint32(1);
