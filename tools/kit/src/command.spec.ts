import { describe, expect, it } from '@jest/globals';
import { attempt, Interruption, sentenceOf, Teardown } from './command.js';

describe('Teardown', () => {
  it('ends the last thing first, and waits for each', async () => {
    const ended: string[] = [];
    const teardown = new Teardown();
    teardown.add('server', async () => {
      await Promise.resolve();
      ended.push('server');
    });
    teardown.add('client', async () => {
      await Promise.resolve();
      ended.push('client');
    });

    expect(await teardown.run()).toEqual([]);
    expect(ended).toEqual(['client', 'server']);
  });

  it('goes on after a step that fails, and names it', async () => {
    const ended: string[] = [];
    const teardown = new Teardown();
    teardown.add('folder', async () => {
      ended.push('folder');
      return Promise.resolve();
    });
    teardown.add('broker', () => Promise.reject(new Error('is stuck')));

    expect(await teardown.run()).toEqual(['broker: is stuck']);
    expect(ended).toEqual(['folder']);
  });

  it('does each step once', async () => {
    let ended = 0;
    const teardown = new Teardown();
    teardown.add('thing', () => Promise.resolve(void (ended += 1)));

    await teardown.run();
    await teardown.run();

    expect(ended).toBe(1);
  });
});

describe('attempt', () => {
  it('returns the result', async () => {
    expect(await attempt(() => Promise.resolve('done'))).toEqual({ result: 'done', exitCode: 0 });
  });

  it('says in a sentence why there is no result', async () => {
    const fail = () => Promise.reject(new Error('The database is away.'));

    expect(await attempt(fail)).toEqual({ fault: 'The database is away.', exitCode: 1 });
  });

  it('gives the reason of an abort, with the exit code that shells give to a signal', async () => {
    const interrupted = (abort: AbortController) => {
      abort.abort(new Interruption('SIGINT'));
      return Promise.reject(new Error('a session was cut'));
    };

    expect(await attempt(interrupted)).toEqual({ fault: 'ended by SIGINT', exitCode: 130 });
  });
});

describe('sentenceOf', () => {
  it.each([
    [new Error('The port is taken.'), 'The port is taken.'],
    [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [new TypeError(), 'TypeError'],
    ['a text', 'a text'],
  ])('of %p', (error, sentence) => {
    expect(sentenceOf(error)).toBe(sentence);
  });
});
