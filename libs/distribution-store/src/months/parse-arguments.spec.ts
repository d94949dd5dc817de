import { describe, expect, it } from '@jest/globals';
import { parseArguments } from './parse-arguments.js';

describe('parseArguments', () => {
  it('drops nothing unless it is told to', () => {
    expect(parseArguments([])).toEqual({});
  });

  it.each(['1 month', '12 months', '999 months', '1 year', '7 years', '30 days', '400 days', '9999 days'])(
    'takes a retention of %s',
    (retention) => {
      expect(parseArguments(['--drop-older-than', retention])).toEqual({ retention });
      expect(parseArguments([`--drop-older-than=${retention}`])).toEqual({ retention });
    },
  );

  it.each([
    '',
    '12',
    'months',
    '0 months',
    '-1 months',
    '1.5 months',
    '12months',
    '12 Months',
    '1000 years',
    '29 days',
    '10000 days',
    '4 weeks',
    '12 months; DROP',
    '12 months\n',
  ])('refuses a retention of %j', (retention) => {
    expect(parseArguments([`--drop-older-than=${retention}`])).toEqual({
      problem: `--drop-older-than must be a whole number of days, months or years, a month at least, not '${retention}'`,
    });
  });

  it.each([[['--drop-older-than']], [['--drop-older-than', '12', 'months']], [['--keep']], [['12 months']]])(
    'refuses %j',
    (args) => {
      expect(parseArguments(args)).toEqual({ problem: expect.stringMatching(/\S/) });
    },
  );

  it('reports its usage', () => {
    expect(parseArguments(['--help'])).toEqual({ help: true });
  });
});
