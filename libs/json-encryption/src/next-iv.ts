import { randomBytes } from 'node:crypto';

/** 96 bits, as A256GCM takes them. */
const IV_BYTES = 12;
const IVS_AT_ONCE = 256;

let ivs = Buffer.alloc(0);
let next = 0;

/**
 * An IV that none had before. Many are drawn at once: asking the system's generator costs more than what it gives, and
 * an IV is no secret.
 */
export function nextIv(): Buffer {
  if (next === ivs.length) {
    ivs = randomBytes(IVS_AT_ONCE * IV_BYTES);
    next = 0;
  }
  next += IV_BYTES;
  return ivs.subarray(next - IV_BYTES, next);
}
