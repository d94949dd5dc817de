import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FrameBuffer } from './frame-buffer.js';

describe('FrameBuffer', () => {
  it('holds frames one after the other, each of its lines, an empty one, its body and NUL', () => {
    const frames = new FrameBuffer();
    frames.add('BEGIN\ntransaction:t\n');
    frames.add('SEND\ndestination:q\n', 'Zoë');

    expect(frames.bytes.toString()).toBe('BEGIN\ntransaction:t\n\n\0SEND\ndestination:q\n\nZoë\0');
    expect(frames.frames.map(String)).toEqual(['BEGIN\ntransaction:t\n\n\0', 'SEND\ndestination:q\n\nZoë\0']);
  });

  it('keeps every frame whole, whatever their lengths and characters', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 3_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 20 }), (written) => {
        const frames = new FrameBuffer();
        const lengths = written.map(([lines, body]) => frames.add(lines, body));
        const expected = written.map(([lines, body]) => Buffer.from(`${lines}\n${body}\0`));
        expect(frames.frames).toEqual(expected);
        expect(frames.bytes).toEqual(Buffer.concat(expected));
        expect(lengths).toEqual(expected.map(({ length }) => length));
      }),
    );
  });

  it('holds a heart-beat, which has no NUL', () => {
    const frames = new FrameBuffer();
    frames.addBeat();
    expect(frames.frames.map(String)).toEqual(['\n']);
  });

  it('removes only the last frame', () => {
    const frames = new FrameBuffer();
    frames.add('ONE\n');
    frames.add('TWO\n', 'x'.repeat(10_000));
    frames.removeLast();
    frames.add('THREE\n');
    expect(frames.frames.map(String)).toEqual(['ONE\n\n\0', 'THREE\n\n\0']);
    frames.removeLast();
    frames.removeLast();
    expect(frames.bytes).toHaveLength(0);
  });

  it('can be used again after it was cleared, in the same memory while that is of a usual size', () => {
    const frames = new FrameBuffer();
    frames.add('ONE\n', 'x'.repeat(1_000_000));
    const { buffer: before } = frames.bytes;
    frames.clear();
    expect(frames.frames).toEqual([]);
    frames.add('TWO\n');
    expect(frames.bytes.toString()).toBe('TWO\n\n\0');
    expect(frames.bytes.buffer).toBe(before);
  });

  it('does not keep the memory of an unusually large frame', () => {
    const frames = new FrameBuffer();
    frames.add('ONE\n', 'x'.repeat(5_000_000));
    frames.clear();
    frames.add('TWO\n');
    expect(frames.bytes.buffer.byteLength).toBeLessThan(100_000);
  });
});
