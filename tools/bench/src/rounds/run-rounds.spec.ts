import { describe, expect, it } from '@jest/globals';
import { BenchError } from '../bench-error.js';
import type { SubjectName } from '../subjects/subjects.js';
import { rotate, runRounds } from './run-rounds.js';

describe('runRounds', () => {
  it('runs each subject once per round, in another order each time', async () => {
    const { asked, options, measure } = setup();

    const results = await runRounds(measure, options);

    expect(asked).toEqual(['plain', 'rsa', 'rsa', 'plain', 'plain', 'rsa']);
    expect(results.get('plain')).toMatchObject({ rounds: [{ rowsPerSecond: 1 }, {}, {}], faults: [] });
  });

  it('keeps the fault of a subject, and goes on', async () => {
    const { lines, options, measure } = setup({ failing: 'rsa' });

    const results = await runRounds(measure, options);

    expect(results.get('plain')?.rounds).toHaveLength(3);
    expect(results.get('rsa')).toEqual({ rounds: [], faults: Array(3).fill('9 done of 10 rows') });
    expect(lines.filter((line) => line.includes('FAILED: 9 done of 10 rows'))).toHaveLength(3);
  });

  it('leaves out a subject that is not available here, and does not try it again', async () => {
    const { asked, options, measure } = setup({ failing: 'rsa', code: 'NOT_AVAILABLE' });

    const results = await runRounds(measure, options);

    expect([...results.keys()]).toEqual(['plain']);
    expect(asked.filter((name) => name === 'rsa')).toHaveLength(1);
  });

  it('ends with the reason when it is asked to', async () => {
    const { abort, asked, options, measure } = setup();
    const reason = new Error('ended by SIGINT');

    const running = runRounds((name) => {
      abort.abort(reason);
      return measure(name);
    }, options);

    await expect(running).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
  });
});

interface Script {
  readonly failing?: SubjectName;
  readonly code?: BenchError['code'];
}

function setup({ failing, code = 'WRONG_RESULT' }: Script = {}) {
  const abort = new AbortController();
  const asked: SubjectName[] = [];
  const lines: string[] = [];
  const measure = (name: SubjectName) => {
    asked.push(name);
    if (name === failing) return Promise.reject(new BenchError(code, '9 done of 10 rows'));
    return Promise.resolve({
      rowsPerSecond: asked.length,
      peakRssMb: null,
      cpuMsPer1000: null,
      machineMsPer1000: 0,
    });
  };
  const names: SubjectName[] = ['plain', 'rsa'];
  const say = (line: string) => lines.push(line);
  return { abort, asked, lines, measure, options: { names, rounds: 3, say, signal: abort.signal } };
}

describe('rotate', () => {
  it('begins with the next one in each round, and leaves none out', () => {
    const rounds = [0, 1, 2, 3].map((round) => rotate(['a', 'b', 'c'], round).join(''));

    expect(rounds).toEqual(['abc', 'bca', 'cab', 'abc']);
  });

  it('takes an empty list', () => {
    expect(rotate([], 5)).toEqual([]);
  });
});
