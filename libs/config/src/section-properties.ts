import { ConfigError } from './config-error.js';
import { propertiesOf, type DeclaredProperty } from './property.js';
import type { PropertyOptions } from './property-options.js';
import type { ConfigurationClass, Section } from './section.js';

/** A property of a section, its key complete. */
export interface SectionProperty extends DeclaredProperty {
  readonly type: ConfigurationClass;
  /** The default as it would stand in a file; `undefined` where there is none. */
  readonly defaultText: string | undefined;
}

export function sectionProperties({ type, prefix }: Section): readonly SectionProperty[] {
  return propertiesOf(type).map((property) => ({
    ...property,
    type,
    key: completeKey(property.key, prefix),
    defaultText: defaultText(property.options, prefix ?? ''),
  }));
}

function completeKey(key: string, prefix: string | undefined): string {
  if (!key.startsWith('.')) return key;
  if (prefix === undefined)
    throw new ConfigError('PREFIX_MISSING', `the key ${key} needs a section with a prefix`);
  return prefix + key;
}

function defaultText({ default: given }: PropertyOptions, prefix: string): string | undefined {
  if (given === undefined) return undefined;
  return typeof given === 'function' ? given(prefix) : String(given);
}
