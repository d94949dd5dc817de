import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeFrame, FrameSplitter } from './frames.js';

describe('FrameSplitter', () => {
  it('gives the same frames however the bytes are cut', () => {
    const wire = Buffer.from(
      `\n${encodeFrame('SEND', { destination: 'q', note: 'a:b\\c\nd' }, 'häß €')}\r\n\n`,
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: wire.length }), (size) => {
        const splitter = new FrameSplitter();
        const frames = [];
        for (let at = 0; at < wire.length; at += size)
          frames.push(...splitter.push(wire.subarray(at, at + size)));
        expect(frames).toHaveLength(1);
        expect({ ...frames[0]?.headers }).toEqual({ destination: 'q', note: 'a:b\\c\nd' });
        expect(frames[0]?.body.toString()).toBe('häß €');
      }),
    );
  });

  it('takes a NUL in the body where content-length says so', () => {
    const [frame] = new FrameSplitter().push(Buffer.from('SEND\ncontent-length:3\n\na\0b\0'));
    expect(frame?.body).toEqual(Buffer.from('a\0b'));
  });

  it('takes line ends with carriage returns', () => {
    const [frame] = new FrameSplitter().push(Buffer.from('BEGIN\r\ntransaction:t\r\n\r\n\0'));
    expect({ command: frame?.command, ...frame?.headers }).toEqual({ command: 'BEGIN', transaction: 't' });
  });

  it('keeps the first of repeated headers', () => {
    const [frame] = new FrameSplitter().push(Buffer.from('SEND\na:1\na:2\n\n\0'));
    expect(frame?.headers['a']).toBe('1');
  });

  it('gives each piece its bytes, with the heart-beats', () => {
    const text = '\nSEND\na:1\n\nbody\0\n\n';
    const pieces = new FrameSplitter().pieces(Buffer.from(`${text}SEND\nnot whole`));
    expect(pieces.map(({ frame }) => frame?.command)).toEqual([undefined, 'SEND', undefined, undefined]);
    expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).toString()).toBe(text);
  });

  it.each(['SEND\nno colon\n\n\0', 'SEND\na:\\x\n\n\0', 'SEND\ncontent-length:1\n\nabc\0'])(
    'refuses %j',
    (text) => {
      expect(() => new FrameSplitter().push(Buffer.from(text))).toThrow();
    },
  );
});
