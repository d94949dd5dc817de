import 'reflect-metadata';

import { ValidateBy } from 'class-validator';

/** What a property's text is read as. A duration (`500ms`, `2s`, `5m`, `1h`) becomes a number of milliseconds. */
export type PropertyType = keyof PropertyValues;

/** What the field of each type holds. */
interface PropertyValues {
  string: string;
  integer: number;
  boolean: boolean;
  duration: number;
  list: readonly string[];
}

export type PropertyValue = PropertyValues[PropertyType];

/** How one property is read, validated, shown and documented. */
export interface PropertyOptions<T extends PropertyType = PropertyType> {
  readonly type: T;
  /** For the manual: one or two full sentences. */
  readonly description: string;
  /** Used when no source sets the property. Without one an unset property leaves its field `undefined`. */
  readonly default?: PropertyDefaults[T] | ((prefix: string) => string);
  /** Whether the property must be set. */
  readonly required?: boolean;
  /**
   * `true` hides the whole value. It also keeps the white space around the value, which other values lose.
   * `url-password` hides the passwords of the URLs in it. No fault shows any of a secret value.
   */
  readonly secret?: boolean | 'url-password';
  /** The least and the largest value. */
  readonly between?: readonly [least: PropertyLimits[T], most: PropertyLimits[T]];
  /** The only values. */
  readonly oneOf?: PropertyChoices[T];
  /**
   * What the rules on the field accept, in words, for faults and the manual: `one line of text`. Limits and choices have their
   * words already.
   */
  readonly allowed?: string;
}

/** Durations and lists are written as in a file: `2s`, `a,b`. */
interface PropertyDefaults {
  string: string;
  integer: number;
  boolean: boolean;
  duration: string;
  list: string;
}

/** A duration is written as in a file. */
interface PropertyLimits {
  string: never;
  integer: number;
  boolean: never;
  duration: string;
  list: never;
}

interface PropertyChoices {
  string: readonly string[];
  integer: never;
  boolean: never;
  duration: never;
  list: never;
}

/** A property as its class declares it. */
export interface DeclaredProperty {
  readonly key: string;
  readonly field: string;
  readonly options: PropertyOptions;
}

type FieldDecorator<T extends PropertyType> = <F extends string>(
  prototype: Readonly<Partial<Record<F, PropertyValues[T] | undefined>>>,
  field: F,
) => void;

/**
 * Declares which property fills a field of a configuration class. A key that starts with a dot is relative to the prefix
 * under which the class is loaded. A value outside of the limits or choices is refused. Beyond them, class-validator's
 * decorators on the same field validate the parsed value. They do not run for an optional property that is not set.
 */
export function Property<T extends PropertyType>(
  key: string,
  options: PropertyOptions<T>,
): FieldDecorator<T> {
  return (prototype, field) => {
    const type = prototype.constructor;
    const property: DeclaredProperty = { key, field, options };
    Reflect.defineMetadata(PROPERTIES, [...propertiesOf(type), property], type);
  };
}

/** The properties of a class and of those that it extends, in the order in which they are written. */
export function propertiesOf(type: object): readonly DeclaredProperty[] {
  return (Reflect.getMetadata(PROPERTIES, type) as DeclaredProperty[] | undefined) ?? [];
}

const PROPERTIES = 'comms:properties';

/**
 * A class-validator rule of one function. The function returns why a value is not allowed, to be read after the value:
 * `has no port`; undefined where it is allowed. It must not quote the value, because the fault shows what it returns, also
 * for a secret. The messages of class-validator's own rules may quote the value, and are never shown.
 */
export function CheckedBy(problemOf: (value: never) => string | undefined): PropertyDecorator {
  return ValidateBy({
    name: CHECKED_BY,
    validator: {
      validate: (value) => problemOf(value as never) === undefined,
      defaultMessage: (rule) => problemOf(rule?.value as never) ?? '',
    },
  });
}

/** The name of the rule, by which the loader knows that its message may be shown. */
export const CHECKED_BY = 'checkedBy';
