import { describe, expect, it } from '@jest/globals';
import { parseArguments } from './arguments.js';

describe('parseArguments', () => {
  it.each([
    [[], 'run'],
    [['--check-config'], 'check-config'],
    [['--print-config'], 'print-config'],
    [['--help'], 'help'],
  ])('reads %j as %s', (args, command) => {
    expect(parseArguments(args)).toEqual({ command });
  });

  it('refuses what it does not know', () => {
    expect(parseArguments(['--chek-config'])).toEqual({
      problem:
        'unknown argument "--chek-config"; allowed: --check-config, --print-config, --help, or none to run the daemon',
    });
  });

  it('refuses more than one', () => {
    expect(parseArguments(['--check-config', '--print-config'])).toMatchObject({
      problem: expect.stringContaining('one argument at most'),
    });
  });
});
