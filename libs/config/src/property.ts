import 'reflect-metadata';

import type { PropertyOptions, PropertyType, PropertyValues } from './property-options.js';

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
 * Says which property fills a field of a configuration class. A key that starts with a dot is relative to
 * the prefix under which the class is loaded. class-validator's decorators on the same field judge the parsed value;
 * they are not asked about an optional property that is not set.
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
