import { ConfigError } from './fault.js';
import { type DeclaredProperty, propertiesOf, type PropertyOptions } from './property.js';

/** A configuration class to load. */
export interface Section<T extends object = object> {
  readonly type: ConfigurationClass<T>;
  /** What the keys that start with a dot are relative to, such as `comms.sms.monitor`. */
  readonly prefix?: string;
}

/** A class whose fields carry `@Property`. It is constructed without arguments. */
export type ConfigurationClass<T extends object = object> = new () => T;

/**
 * A configuration class whose secret files are read again while the process runs, because an operator may replace them.
 * A login takes its values from {@link readAgain} each time.
 */
export abstract class RereadableConfig {
  /**
   * The configuration with what its secret files hold now. Each call reads each file. A file that cannot be read, or that
   * holds what is not allowed, leaves its property at the last good value, which `Configuration.secretFiles` reports.
   * All other values stay as they were loaded. An instance that was not loaded returns itself.
   */
  readAgain(): this {
    return this;
  }
}

/** A property of a section, its key complete. */
export interface SectionProperty extends DeclaredProperty {
  readonly type: ConfigurationClass;
  /** The default as it would be written in a file; `undefined` where there is none. */
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
