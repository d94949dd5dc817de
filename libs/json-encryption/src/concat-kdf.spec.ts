import { describe, expect, it } from '@jest/globals';
import { concatKdf, otherInfo } from './concat-kdf.js';

describe('the key derivation', () => {
  it('derives what RFC 7518, appendix C derives', () => {
    const secret = Buffer.from('9e56d91d817135d372834283bf84269cfb316ea3da806a48f6daa7798cfe90c4', 'hex');
    const info = otherInfo({ algorithm: 'A128GCM', keyBits: 128, partyU: 'Alice', partyV: 'Bob' });
    expect([...info]).toEqual([
      0, 0, 0, 7, 65, 49, 50, 56, 71, 67, 77, 0, 0, 0, 5, 65, 108, 105, 99, 101, 0, 0, 0, 3, 66, 111, 98, 0,
      0, 0, 128,
    ]);
    expect(concatKdf(secret, info).subarray(0, 16).toString('base64url')).toBe('VqqN6vgjbSBcIijNcacQGg');
  });
});
