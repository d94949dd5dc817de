import { describe, expect, it } from '@jest/globals';
import { allowedText, isAllowed } from './allowed-values.js';
import type { PropertyOptions } from './property.js';

const PORT: PropertyOptions = { type: 'integer', description: 'Port.', between: [1, 65_535] };
const PAUSE: PropertyOptions = { type: 'duration', description: 'Pause.', between: ['500ms', '1h'] };
const MODE: PropertyOptions = { type: 'string', description: 'Mode.', oneOf: ['a', 'b', 'c'] };

describe('what a property allows', () => {
  it.each([
    [PORT, '1 to 65535'],
    [PAUSE, '500ms to 1h'],
    [MODE, 'a, b or c'],
    [{ ...MODE, oneOf: ['a', 'b'] }, 'a or b'],
    [{ type: 'string', description: 'Name.', allowed: 'a name' } as const, 'a name'],
    [{ type: 'boolean', description: 'Switch.' } as const, 'true or false'],
  ])('by %j is %j in words', (options, words) => {
    expect(allowedText(options)).toBe(words);
  });

  it.each([
    [PORT, [1, 65_535], [0, 65_536]],
    [PAUSE, [500, 3_600_000], [499, 3_600_001]],
    [MODE, ['a', 'c'], ['', 'A', 'd']],
  ])('by %j takes the values %j, and refuses %j', (options, taken, refused) => {
    expect(taken.filter((value) => !isAllowed(options, value))).toEqual([]);
    expect(refused.filter((value) => isAllowed(options, value))).toEqual([]);
  });

  it('cannot be asked of a limit that is no value of the property', () => {
    const options: PropertyOptions = { ...PAUSE, between: ['500', '1h'] };
    expect(() => isAllowed(options, 600)).toThrow('the limit 500 has no unit');
  });
});
