import { describe, expect, it } from '@jest/globals';
import { wrapKey } from './aes-key-wrap.js';

describe('wrapKey', () => {
  it('wraps as RFC 3394, section 4.6 does', () => {
    const wrappingKey = Buffer.from(
      '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
      'hex',
    );
    const contentKey = Buffer.from('00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f', 'hex');
    expect(wrapKey(wrappingKey, contentKey).toString('hex')).toBe(
      '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
    );
  });
});
