import { describe, expect, it } from '@jest/globals';
import { parseCommandLine, wholeNumber } from './command-line.js';

const OPTIONS = { count: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

const parse = (...args: string[]) =>
  parseCommandLine(args, OPTIONS, ({ count = '1' }) => wholeNumber('--count', count, { min: 1, max: 20 }));

describe('parseCommandLine', () => {
  it('returns the checked options', () => {
    expect(parse('--count', '20')).toEqual({ options: 20 });
    expect(parse()).toEqual({ options: 1 });
  });

  it('ignores everything else where help is asked for', () => {
    expect(parse('-h', '--count', 'many')).toEqual({ help: true });
  });

  it.each([
    [['--count', '0'], "--count must be a whole number from 1 to 20, not '0'"],
    [['--count', '21'], "--count must be a whole number from 1 to 20, not '21'"],
    [['--count', '1e1'], "--count must be a whole number from 1 to 20, not '1e1'"],
    [['--colour'], "Unknown option '--colour'"],
    [['20'], "Unexpected argument '20'"],
  ])('says in one sentence what is wrong with %j', (args, fault) => {
    expect(parse(...args)).toMatchObject({ fault: expect.stringContaining(fault) as unknown });
  });
});
