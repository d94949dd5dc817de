import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseValue } from './parse-value.js';

describe('parseValue', () => {
  it.each([
    ['string', ' as it stands ', ' as it stands '],
    ['integer', '0', 0],
    ['integer', '-1', -1],
    ['integer', '9007199254740991', 9_007_199_254_740_991],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
    ['duration', '500ms', 500],
    ['duration', '2s', 2_000],
    ['duration', '5m', 300_000],
    ['duration', '1h', 3_600_000],
    ['duration', '0s', 0],
    ['list', 'a', ['a']],
    ['list', 'a, b ,c', ['a', 'b', 'c']],
  ] as const)('reads a %s from %j', (type, text, value) => {
    expect(parseValue(type, text)).toEqual({ value });
  });

  it.each([
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    '1.0',
    '1.5',
    '+1',
    '-0',
    '007',
    '1_000',
    '1 000',
    '9007199254740992',
    '١',
  ])('refuses %j as an integer', (text) => {
    expect(parseValue('integer', text)).toEqual({ problem: 'is not a whole number' });
  });

  it.each(['TRUE', 'True', 'yes', 'on', '1', '0', 'no'])('refuses %j as a boolean', (text) => {
    expect(parseValue('boolean', text)).toEqual({ problem: 'is not true or false' });
  });

  it.each(['0', '500', '1000000000000'])('refuses the duration %j, which has no unit', (text) => {
    expect(parseValue('duration', text)).toEqual({
      problem: 'has no unit; write ms, s, m or h after the number',
    });
  });

  it.each([
    '-1',
    '-1s',
    'NaN',
    '1e12',
    '1.5s',
    '2 s',
    '2S',
    '2d',
    '2min',
    's',
    '2ss',
    '1h30m',
    '*/5 * * * * *',
  ])('refuses %j as a duration', (text) => {
    expect(parseValue('duration', text)).toEqual({ problem: 'is not a duration' });
  });

  it('accepts the longest wait of a timer, and no longer one', () => {
    expect(parseValue('duration', '2147483647ms')).toEqual({ value: 2_147_483_647 });
    expect(parseValue('duration', '2147483648ms')).toEqual({ problem: 'is longer than 24 days' });
    expect(parseValue('duration', `${'9'.repeat(400)}h`)).toEqual({ problem: 'is longer than 24 days' });
  });

  it.each([',', 'a,', ',a', 'a,,b', 'a, ,b'])('refuses the list %j with an empty element', (text) => {
    expect(parseValue('list', text)).toEqual({ problem: 'has an empty element' });
  });

  it('reads back every integer', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(parseValue('integer', String(value))).toEqual({ value });
      }),
    );
  });

  it('freezes a list', () => {
    const parsed = parseValue('list', 'a,b');

    expect('value' in parsed && Object.isFrozen(parsed.value)).toBe(true);
  });
});
