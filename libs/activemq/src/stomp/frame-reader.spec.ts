import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeFrame } from './encode-frame.js';
import { FrameReader } from './frame-reader.js';

describe('FrameReader', () => {
  it('gives the same frames however the bytes are sliced', () => {
    const wire = Buffer.from(
      `\n${textOf('RECEIPT', { 'receipt-id': 'a:1' })}\n\n${textOf('ERROR', { message: 'no\nway' }, 'Zoë 🙂')}\n`,
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (sizes) => {
        const reader = new FrameReader();
        const frames = slices(wire, sizes).flatMap((chunk) => reader.read(chunk));
        expect(frames.map(({ command, headers, body }) => ({ command, headers, body }))).toEqual([
          { command: 'RECEIPT', headers: { 'receipt-id': 'a:1' }, body: '' },
          { command: 'ERROR', headers: { message: 'no\nway' }, body: 'Zoë 🙂' },
        ]);
      }),
    );
  });

  it.each(['x', 'ERROR\nmessage:x', 'ERROR\ncontent-length:1000000000\n\n', 'ERROR\ncontent-length:?\n\n'])(
    'ends a frame that begins with %j and does not end',
    (start) => {
      const reader = new FrameReader();
      reader.read(Buffer.from(start));
      const endless = () => {
        for (let i = 0; i < 10; i += 1) reader.read(Buffer.alloc(16_384, 'x'));
      };
      expect(endless).toThrow(expect.objectContaining({ code: 'BROKER_NOT_STOMP' }));
    },
  );

  it('takes heart-beats and frames for as long as they come', () => {
    const reader = new FrameReader();
    const chunk = Buffer.from('\n'.repeat(50_000));
    for (let i = 0; i < 10; i += 1) expect(reader.read(chunk)).toEqual([]);
    const frames = Buffer.from(textOf('RECEIPT', { 'receipt-id': '1' }).repeat(2_000));
    for (let i = 0; i < 10; i += 1) expect(reader.read(frames)).toHaveLength(2_000);
  });
});

function textOf(...frame: Parameters<typeof encodeFrame>): string {
  return encodeFrame(...frame).bytes.toString();
}

function slices(wire: Buffer, sizes: readonly number[]): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0, i = 0; at < wire.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    found.push(wire.subarray(at, at + size));
    at += size;
  }
  return found;
}
