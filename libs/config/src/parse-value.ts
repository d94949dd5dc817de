import { parseDuration } from './parse-duration.js';
import type { Parsed } from './parsed.js';
import type { PropertyType, PropertyValue } from './property-options.js';

/** Reads a property's text, strictly: nothing is rounded, guessed or brought to another case. */
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

function parseList(text: string): Parsed<readonly string[]> {
  const elements = text.split(',').map((element) => element.trim());
  return elements.includes('') ? { problem: 'has an empty element' } : { value: Object.freeze(elements) };
}
