import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../testing/fake-clock.js';
import { LineOutput } from './line-output.js';

const MIB = 1_048_576;

describe('LineOutput', () => {
  it('writes each line before the call returns while the reader reads', () => {
    const { output, reader } = setup();
    output.write('a\n');
    output.write('ä\n');
    expect(reader.text()).toBe('a\nä\n');
  });

  it('holds what there is no room for, and writes it whole and in order once there is', async () => {
    const { output, reader, clock } = setup();
    reader.room = 5;
    output.write('ääa\n');
    output.write('b\n');
    expect(reader.bytes()).toBe(5);
    reader.room = Infinity;
    output.write('c\n');
    await clock.advance(100);
    expect(reader.text()).toBe('ääa\nb\nc\n');
    expect(output.dropped).toBe(0);
  });

  it('offers lines to a reader that has stopped about ten times per second', async () => {
    const { output, reader, clock } = setup();
    reader.room = 0;
    output.write('a\n');
    await clock.advance(1_000);
    const offersBefore = reader.offers;
    await clock.advance(1_000);
    expect(reader.offers - offersBefore).toBe(10);
  });

  it('loses nothing of lines that come in one turn, however many, while the reader reads', () => {
    const { output, reader } = setup({ msEachLook: 1 });
    const line = `${'x'.repeat(1_023)}\n`;
    reader.room = 65_536;
    reader.roomEachOffer = 1_024;
    for (let i = 0; i < 3 * 1_024; i += 1) output.write(line);
    output.flush(60_000);
    expect(reader.bytes()).toBe(3 * MIB);
    expect(output.dropped).toBe(0);
  });

  it('drops lines beyond one mebibyte, and reports how many once the reader has taken the rest', async () => {
    const { output, reader, clock } = setup();
    const told: number[] = [];
    output.onCaughtUp((lines) => {
      told.push(lines);
      output.write(`dropped ${lines}\n`);
    });
    const line = `${'x'.repeat(1_023)}\n`;
    reader.room = 0;
    for (let i = 0; i < MIB / 1_024 + 7; i += 1) output.write(line);
    expect(output.dropped).toBe(7);

    reader.room = MIB / 2;
    await clock.advance(200);
    output.write(line);
    expect(told).toEqual([]);

    reader.room = Infinity;
    await clock.advance(200);
    output.write('next\n');
    expect(told).toEqual([8]);
    expect(output.dropped).toBe(8);
    expect(reader.text()).toBe(`${line.repeat(MIB / 1_024)}dropped 8\nnext\n`);
  });

  it('goes on for the next reader where one is gone', async () => {
    const { output, reader, clock } = setup();
    reader.gone = true;
    output.write('a\n');
    reader.gone = false;
    await clock.advance(100);
    expect(reader.text()).toBe('a\n');
  });

  it('waits at the end for a slow reader until all is taken', () => {
    const { output, reader } = setup({ msEachLook: 50 });
    reader.room = 0;
    for (let i = 0; i < 20; i += 1) output.write(`line ${i}\n`);
    reader.roomEachOffer = 7;
    output.flush(60_000);
    expect(reader.text().split('\n')).toHaveLength(21);
  });

  it('waits at the end half a second for a reader that takes nothing', () => {
    const { output, reader, clock } = setup({ msEachLook: 50 });
    reader.room = 0;
    output.write('a\n');
    output.flush(60_000);
    expect(clock.elapsedMs()).toBeLessThan(1_000);
  });

  it('waits at the end no longer than its limit', () => {
    const { output, reader, clock } = setup({ msEachLook: 50 });
    reader.room = 0;
    output.write('a'.repeat(1_000));
    reader.roomEachOffer = 1;
    const before = clock.elapsedMs();
    reader.takesEvery = 3;
    output.flush(1_000);
    expect(clock.elapsedMs() - before).toBeLessThan(1_500);
  });

  it('does not wait at the end for a reader that is gone', () => {
    const { output, reader, clock } = setup({ msEachLook: 50 });
    reader.gone = true;
    output.write('a\n');
    const before = clock.elapsedMs();
    output.flush(60_000);
    expect(clock.elapsedMs() - before).toBeLessThan(500);
  });
});

/** @param msEachLook how much time passes at each look at the clock */
function setup({ msEachLook = 0 } = {}) {
  const clock = new FakeClock();
  let elapsed = 0;
  const ticking = {
    after: (ms: number, action: () => void) => clock.after(ms, action),
    elapsedMs: () => (elapsed += msEachLook),
  };
  const reader = new FakeReader();
  const output = new LineOutput((text) => reader.take(text), msEachLook > 0 ? ticking : clock);
  return { output, reader, clock: Object.assign(clock, msEachLook > 0 && { elapsedMs: () => elapsed }) };
}

class FakeReader {
  room = Infinity;
  roomEachOffer = 0;
  takesEvery = 1;
  gone = false;
  offers = 0;
  private readonly taken: Buffer[] = [];

  take(text: string | Buffer): number {
    if (this.gone) throw new Error('EPIPE');
    this.offers += 1;
    if (this.offers % this.takesEvery === 0) this.room += this.roomEachOffer;
    const bytes = Buffer.from(text).subarray(0, Math.min(this.room, Buffer.byteLength(text)));
    this.room -= bytes.length;
    this.taken.push(bytes);
    return bytes.length;
  }

  bytes(): number {
    return this.taken.reduce((sum, { length }) => sum + length, 0);
  }

  text(): string {
    return Buffer.concat(this.taken).toString();
  }
}
