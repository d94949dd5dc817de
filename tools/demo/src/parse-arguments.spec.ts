import { describe, expect, it } from '@jest/globals';
import { parseArguments } from './parse-arguments.js';

describe('parseArguments', () => {
  it('inserts 600 comms on its own servers and stays up by default', () => {
    expect(parseArguments([])).toEqual({ options: { count: 600, exit: false, json: false } });
  });

  it('takes every option', () => {
    const args = '--count 120 --exit --json --broker stomp://a:1,wss://b:2 --database postgres://u@h/d';

    expect(parseArguments(args.split(' '))).toEqual({
      options: {
        count: 120,
        exit: true,
        json: true,
        brokerUrl: 'stomp://a:1,wss://b:2',
        databaseUrl: 'postgres://u@h/d',
      },
    });
  });

  it('takes --help before anything else', () => {
    expect(parseArguments(['--help', '--count', 'x'])).toEqual({ help: true });
  });

  it.each([
    [['--count', '0'], '--count must be'],
    [['--count', '20001'], '--count must be'],
    [['--count', '1e3'], '--count must be'],
    [['--count', 'many'], '--count must be'],
    [['--count'], 'argument missing'],
    [['--broker', 'http://broker'], '--broker must be'],
    [['--broker', 'stomp://a:1,,'], '--broker must be'],
    [['--database', 'mysql://h/d'], '--database must be'],
    [['--colour'], "Unknown option '--colour'"],
    [['120'], "Unexpected argument '120'"],
    [['--exit=yes'], 'does not take an argument'],
  ])('refuses %j', (args, fault) => {
    expect(parseArguments(args)).toMatchObject({ fault: expect.stringContaining(fault) as unknown });
  });

  it('does not repeat a URL, which may hold a password', () => {
    expect(JSON.stringify(parseArguments(['--database', 'mysql://u:secret@h/d']))).not.toContain('secret');
  });
});
