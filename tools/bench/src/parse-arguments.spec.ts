import { describe, expect, it } from '@jest/globals';
import { parseArguments } from './parse-arguments.js';
import { AGAINST_PARTS, CAPACITY_PARTS, NETWORK_PARTS, PARTS, PROFILE_PARTS, SCALE_PARTS } from './parts.js';

describe('parseArguments', () => {
  it('measures everything in five rounds by default', () => {
    expect(parseArguments([])).toEqual({
      options: {
        rows: 40_000,
        rounds: 5,
        batchSize: null,
        roundTripMs: null,
        node: null,
        messageBytes: 300,
        sentRows: 10_000_000,
        backlogRows: 1_000_000,
        parts: PARTS,
        against: null,
        watchSeconds: 20,
        json: false,
        chart: false,
      },
    });
  });

  it('takes its options in any order', () => {
    const args = ['--json', '--only', 'rowAtATime, plain', '--rows', '500', '--rounds', '2', '--chart'];

    expect(parseArguments(args)).toMatchObject({
      options: { rows: 500, rounds: 2, parts: ['plain', 'rowAtATime'], json: true, chart: true },
    });
  });

  it('measures less of everything for a quick look, except where an option gives a number', () => {
    expect(parseArguments(['--quick'])).toMatchObject({ options: { rows: 5_000, rounds: 1 } });
    expect(parseArguments(['--quick', '--rounds', '3'])).toMatchObject({
      options: { rows: 5_000, rounds: 3 },
    });
  });

  it('measures only the effect of size where that is asked for', () => {
    expect(parseArguments(['--scale', '--backlog-rows', '5000', '--sent-rows', '0'])).toMatchObject({
      options: { parts: SCALE_PARTS, backlogRows: 5_000, sentRows: 0 },
    });
    expect(parseArguments(['--scale', '--only', 'history'])).toMatchObject({
      options: { parts: ['history'] },
    });
  });

  it('measures only a profile of many rows where that is asked for, and never else', () => {
    expect(PARTS).not.toEqual(expect.arrayContaining([...PROFILE_PARTS]));
    expect(parseArguments(['--profile'])).toMatchObject({ options: { parts: PROFILE_PARTS, rows: 100_000 } });
    expect(parseArguments(['--profile', '--rows', '500'])).toMatchObject({ options: { rows: 500 } });
  });

  it('puts a network before the servers where that is asked for', () => {
    expect(parseArguments(['--round-trip', '5ms'])).toMatchObject({ options: { roundTripMs: 5 } });
    expect(parseArguments(['--round-trip', 'far'])).toMatchObject({
      fault: expect.stringContaining('--round-trip') as unknown,
    });
    expect(parseArguments(['--network'])).toMatchObject({
      options: { parts: NETWORK_PARTS, rows: 20_000, rounds: 3 },
    });
  });

  it('measures only twenty turns against a release where that is asked for, and never else', () => {
    expect(PARTS).not.toEqual(expect.arrayContaining([...AGAINST_PARTS]));
    expect(parseArguments(['--against', '0.1.0'])).toMatchObject({
      options: { parts: AGAINST_PARTS, against: '0.1.0', rounds: 20 },
    });
    expect(parseArguments(['--against', '0.1.0', '--rounds', '2'])).toMatchObject({ options: { rounds: 2 } });
  });

  it('measures only the inputs of docs/scale.md where that is asked for, and never else', () => {
    expect(PARTS).not.toEqual(expect.arrayContaining([...CAPACITY_PARTS]));
    expect(parseArguments(['--capacity'])).toMatchObject({
      options: { parts: CAPACITY_PARTS, rows: 40_000, rounds: 5 },
    });
  });

  it.each([
    [['--rows', '99'], "--rows must be a whole number from 100 to 10000000, not '99'"],
    [['--rows', '1e3'], "not '1e3'"],
    [['--rounds', '0'], '--rounds must be a whole number from 1 to 100'],
    [['--batch-size', '5001'], '--batch-size must be a whole number from 1 to 5000'],
    [['--only', 'plain,speed'], "--only does not know 'speed'; it knows plain, plainLarge, symmetric"],
    [['--fast'], "Unknown option '--fast'"],
    [['plain'], "Unexpected argument 'plain'"],
  ])('refuses %j', (args, fault) => {
    expect(parseArguments(args)).toEqual({ fault: expect.stringContaining(fault) as unknown });
  });

  it('knows --help', () => {
    expect(parseArguments(['--help'])).toEqual({ help: true });
  });
});
