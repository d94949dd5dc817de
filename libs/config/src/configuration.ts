import { EventEmitter } from 'node:events';

import { ConfigError } from './fault.js';
import type { PropertyValue } from './property.js';
import type { SecretFileEvents } from './rereadable.js';
import type { ConfigurationClass } from './section.js';

/** A property after all sources were read. */
export interface EffectiveProperty {
  readonly key: string;
  readonly type: ConfigurationClass;
  readonly field: string;
  /** The parsed value; `undefined` when not set, and for every secret. */
  readonly value: PropertyValue | undefined;
  /** The value as it may be shown, secrets masked; `undefined` when not set. */
  readonly text: string | undefined;
  /** `default`, `file:line`, the environment variable, the secret file, or `not set`. */
  readonly source: string;
}

/** The validated configuration of one process, as it was loaded. It and its values are frozen. */
export class Configuration {
  readonly properties: readonly EffectiveProperty[];
  private readonly byClass: ReadonlyMap<unknown, object>;

  constructor(
    instances: readonly object[],
    properties: readonly EffectiveProperty[],
    /** Reports what a `RereadableConfig` finds when it reads its secret files again. */
    readonly secretFiles: SecretFileEvents = new EventEmitter(),
  ) {
    this.byClass = new Map(instances.map((instance) => [instance.constructor, instance]));
    this.properties = Object.freeze(properties.map((property) => Object.freeze({ ...property })));
    Object.freeze(this);
  }

  get instances(): readonly object[] {
    return [...this.byClass.values()];
  }

  /** The instance of a loaded class. */
  get<T extends object>(type: ConfigurationClass<T>): T {
    const instance = this.byClass.get(type);
    if (instance === undefined)
      throw new ConfigError('CLASS_NOT_LOADED', `${type.name} is not a loaded section`);
    return instance as T;
  }

  /** The full key behind a field, for a check that reports a {@link Fault} on it. */
  keyOf<T extends object>(type: ConfigurationClass<T>, field: keyof T & string): string {
    const property = this.properties.find((each) => each.type === type && each.field === field);
    if (property === undefined) {
      throw new ConfigError('FIELD_NOT_DECLARED', `${type.name}.${field} is not a loaded property`);
    }
    return property.key;
  }
}
