import { describe, expect, it } from '@jest/globals';
import { parseArguments } from './parse-arguments.js';

describe('parseArguments', () => {
  it.each([
    [[], { from: 1, count: 10_000, bug: undefined, trace: false }],
    [['--from', '5', '--seeds', '20'], { from: 5, count: 20, bug: undefined, trace: false }],
    [['--seed', '7', '--bug', 'ignore-error'], { from: 7, count: 1, bug: 'ignore-error', trace: true }],
  ])('reads %j', (args, expected) => {
    expect(parseArguments(args)).toEqual({ options: expected });
  });

  it.each([[['--seeds', 'many']], [['--seeds', '0']], [['--bug', 'unknown-bug']], [['--unknown']]])(
    'refuses %j',
    (args) => {
      expect(parseArguments(args)).toHaveProperty('fault');
    },
  );
});
