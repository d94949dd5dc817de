import { ConfigError } from './fault.js';
import { parseValue } from './parse-value.js';
import type { PropertyOptions, PropertyType, PropertyValue } from './property.js';

/** What a property may be set to, in words. */
export function allowedText({ type, between, oneOf, allowed }: PropertyOptions): string {
  if (oneOf) return alternatives(oneOf);
  return between ? between.join(' to ') : (allowed ?? ALLOWED[type]);
}

/** Words as a choice: `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words);
}

const ALLOWED: Readonly<Record<PropertyType, string>> = {
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
  duration: 'a duration such as 500ms, 2s, 5m or 1h',
  list: 'a list, separated by commas',
};

/** Whether a value is within the limits of its property, or one of its words. */
export function isAllowed({ type, between, oneOf }: PropertyOptions, value: PropertyValue): boolean {
  if (oneOf) return oneOf.some((word) => word === value);
  if (!between) return true;
  const [least, most] = between;
  return limitValue(type, least) <= value && value <= limitValue(type, most);
}

function limitValue(type: PropertyType, limit: string | number): PropertyValue {
  const parsed = parseValue(type, String(limit));
  if ('value' in parsed) return parsed.value;
  throw new ConfigError('LIMIT_MALFORMED', `the limit ${limit} ${parsed.problem}`);
}
