import { describe, expect, it } from '@jest/globals';
import { aLog } from '../testing/a-log.js';
import { FakeClock } from '../testing/fake-clock.js';
import { LineOutput } from './line-output.js';
import { Log } from './log.js';

describe('Log', () => {
  it('writes one line of JSON per event, with a fixed text and the facts as fields', () => {
    const { log, lines } = aLog();
    log.info('batch done', { distributed: 200, failed: 1 });
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        app: 'push-to-handset',
        distributed: 200,
        failed: 1,
        msg: 'batch done',
      },
    ]);
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = aLog('warn');
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    log.fatal('e');
    expect(lines().map(({ level }) => level)).toEqual(['warn', 'error', 'fatal']);
  });

  it('reports how many lines were dropped, whatever its level', async () => {
    const clock = new FakeClock();
    const written: string[] = [];
    let room = false;
    const output = new LineOutput(
      (text) => (room ? written.push(String(text)) && Buffer.byteLength(text) : 0),
      clock,
    );
    const log = new Log({ app: 'push-to-handset', level: 'fatal' }, output);
    log.fatal('held', { filler: 'x'.repeat(1_048_576) });
    log.fatal('dropped');
    log.fatal('dropped');
    expect(log.droppedLines).toBe(2);

    room = true;
    await clock.advance(100);
    expect(JSON.parse(written.at(-1) ?? '')).toMatchObject({
      level: 'warn',
      msg: 'log lines dropped',
      lines: 2,
    });
  });

  it('reports the class, code, safe message, frames and causes of an error', () => {
    const { log, lines } = aLog();
    const cause = Object.assign(new Error('Key (target)=(0123) already exists'), { code: '23505' });
    log.error('cycle failed', {}, new StoreError('The row could not be written.', { cause }));
    expect(lines()[0]).toMatchObject({
      error: {
        type: 'StoreError',
        code: 'STORE_REFUSED',
        message: 'The row could not be written.',
        frames: expect.arrayContaining([expect.stringContaining('log.spec.ts')]),
        cause: { type: 'Error', code: '23505' },
      },
    });
  });

  it('never reports what a driver attached to its error', () => {
    const { log, text } = aLog();
    const driverError = Object.assign(new Error('invalid input: "Hello Ann"\n    at Hello Ann'), {
      code: '22P02',
      query: 'INSERT … Hello Ann',
      parameters: ['Hello Ann'],
      detail: 'Failing row contains (Hello Ann)',
      where: 'unnamed portal parameter $1 = Hello Ann',
      driverError: { detail: 'Hello Ann' },
    });
    log.error('a', {}, driverError);
    log.error('b', {}, Object.assign(new Error('x', { cause: driverError }), { errors: [driverError] }));
    log.error('c', {}, 'Hello Ann');
    log.error('d', {}, { message: 'Hello Ann' });
    expect(text()).not.toContain('Ann');
    expect(text()).toContain('22P02');
  });

  it('follows causes no deeper than three', () => {
    const { log, text } = aLog();
    const loop = new Error('x');
    loop.cause = loop;
    log.error('a', {}, loop);
    expect(text().match(/"cause"/g)).toHaveLength(3);
  });
});

class StoreError extends Error {
  readonly code = 'STORE_REFUSED';
}
