import { Configuration, type EffectiveProperty } from '../configuration.js';
import type { PropertyValue } from '../property.js';
import { type ConfigurationClass, sectionProperties } from '../section.js';

/** A configuration of these instances; `prefix` completes the keys that start with a dot. */
export function aConfiguration(
  instances: readonly object[],
  prefix = 'comms.handset.monitor',
): Configuration {
  return new Configuration(
    instances,
    instances.flatMap((instance) => effectiveProperties(instance, prefix)),
  );
}

function effectiveProperties(instance: object, prefix: string): readonly EffectiveProperty[] {
  const values = instance as Readonly<Record<string, PropertyValue | undefined>>;
  const type = instance.constructor as ConfigurationClass;
  return sectionProperties({ type, prefix }).map(({ key, field }) => {
    const value = values[field];
    return { key, type, field, value, text: value?.toString(), source: 'test' };
  });
}
