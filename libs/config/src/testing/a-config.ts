import { parseValue } from '../parse-value.js';
import { type ConfigurationClass, sectionProperties, type SectionProperty } from '../section.js';

/** An instance of a configuration class as if loaded: the defaults, and what the test is about. Nothing is validated. */
export function aConfig<T extends object>(
  type: ConfigurationClass<T>,
  values: Partial<T> = {},
  prefix = 'comms.handset.monitor',
): T {
  const instance = new type();
  for (const each of sectionProperties({ type, prefix }))
    Object.assign(instance, { [each.field]: defaultValue(each) });
  return Object.freeze(Object.assign(instance, values));
}

function defaultValue({ key, options, defaultText }: SectionProperty) {
  if (defaultText === undefined) return undefined;
  const parsed = parseValue(options.type, defaultText);
  if ('problem' in parsed) throw new Error(`the default of ${key} ${parsed.problem}`);
  return parsed.value;
}
