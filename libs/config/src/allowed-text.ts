import type { PropertyOptions, PropertyType } from './property-options.js';

/** What a property may be set to, in words. */
export function allowedText({ allowed, type }: PropertyOptions): string {
  return allowed ?? ALLOWED[type];
}

const ALLOWED: Readonly<Record<PropertyType, string>> = {
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
  duration: 'a duration such as 500ms, 2s, 5m or 1h',
  list: 'a list, separated by commas',
};
