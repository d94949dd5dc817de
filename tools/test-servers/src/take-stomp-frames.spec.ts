import { describe, expect, it } from '@jest/globals';
import { type StompFrame, takeStompFrames } from './take-stomp-frames.js';

const FRAMES = Buffer.from(
  '\nMESSAGE\nkey:a\\cb\\nc\nkey:later\n\nüber\0\n\nMESSAGE\ncontent-length:5\n\nn\0u\0l\0\nRECEIPT\nreceipt-id:1\n\n\0',
);

describe('takeStompFrames', () => {
  it.each([1, 2, 3, 7, FRAMES.length])('takes pieces of %d bytes', (size) => {
    const frames: StompFrame[] = [];
    const take = takeStompFrames((frame) => frames.push(frame));

    for (let at = 0; at < FRAMES.length; at += size) take(FRAMES.subarray(at, at + size));

    expect(frames.map(({ command, headers, body }) => [command, headers, body.toString()])).toEqual([
      ['MESSAGE', { key: 'a:b\nc' }, 'über'],
      ['MESSAGE', { 'content-length': '5' }, 'n\0u\0l'],
      ['RECEIPT', { 'receipt-id': '1' }, ''],
    ]);
  });
});
