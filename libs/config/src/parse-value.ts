import type { PropertyType, PropertyValue } from './property.js';

/** What a text reads as, or why it does not. The problem is stated without the text: `is not a duration`. */
export type Parsed<V> = { readonly value: V } | { readonly problem: string };

/** Reads a property's text strictly: nothing is rounded, guessed or changed to another case. */
export function parseValue(type: PropertyType, text: string): Parsed<PropertyValue> {
  return PARSERS[type](text);
}

const PARSERS: Readonly<Record<PropertyType, (text: string) => Parsed<PropertyValue>>> = {
  string: (value) => ({ value }),
  integer: parseInteger,
  boolean: parseBoolean,
  duration: parseDuration,
  list: parseList,
};

function parseInteger(text: string): Parsed<number> {
  const value = Number(text);
  return DECIMAL.test(text) && Number.isSafeInteger(value) ? { value } : { problem: 'is not a whole number' };
}

const DECIMAL = /^(?:0|-?[1-9]\d*)$/;

function parseBoolean(text: string): Parsed<boolean> {
  return text === 'true' || text === 'false'
    ? { value: text === 'true' }
    : { problem: 'is not true or false' };
}

/**
 * Reads a duration such as `500ms`, `2s`, `5m` or `1h` as milliseconds. A number without a unit is refused, since its
 * unit can only be guessed. A duration that no Node.js timer can wait for is refused too (2^31 - 1 ms, about 24 days).
 */
export function parseDuration(text: string): Parsed<number> {
  const [, digits, unit = ''] = DURATION.exec(text) ?? [];
  const factor = MILLISECONDS[unit];
  if (digits === undefined) return { problem: 'is not a duration' };
  if (factor === undefined) return { problem: 'has no unit; write ms, s, m or h after the number' };
  const value = Number(digits) * factor;
  return value > LONGEST_TIMER_MS ? { problem: 'is longer than 24 days' } : { value };
}

const DURATION = /^(\d+)(ms|s|m|h)?$/;
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function parseList(text: string): Parsed<readonly string[]> {
  const elements = text.split(',').map((element) => element.trim());
  return elements.includes('') ? { problem: 'has an empty element' } : { value: Object.freeze(elements) };
}
