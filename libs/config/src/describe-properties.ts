import { allowedText } from './allowed-values.js';
import type { PropertyOptions, PropertyType } from './property.js';
import { environmentNames } from './read-environment.js';
import { type Section, sectionProperties, type SectionProperty } from './section.js';

/** A property as the manual and the JSON Schema describe it; plain data. */
export interface PropertyDescription {
  readonly key: string;
  readonly type: PropertyType;
  readonly description: string;
  /** What may be set, in words. */
  readonly allowed: string;
  /** The least and the largest value; a duration as it would be written in a file. */
  readonly between?: NonNullable<PropertyOptions['between']>;
  /** The only values. */
  readonly oneOf?: NonNullable<PropertyOptions['oneOf']>;
  /** As it would be written in a file; absent where there is none. */
  readonly default?: string;
  readonly required: boolean;
  readonly secret: boolean;
  /** The environment variable; the same with `_FILE` names a secret file. */
  readonly environmentName: string;
  /** The name of the class whose field the property fills. */
  readonly className: string;
}

/** The properties of the sections, in the order in which they are declared. */
export function describeProperties(sections: readonly Section[]): readonly PropertyDescription[] {
  return sections.flatMap((section) => sectionProperties(section).map(describeProperty));
}

function describeProperty({ key, type, options, defaultText }: SectionProperty): PropertyDescription {
  return {
    key,
    type: options.type,
    description: options.description,
    allowed: allowedText(options),
    ...(options.between && { between: options.between }),
    ...(options.oneOf && { oneOf: options.oneOf }),
    ...(defaultText === undefined ? {} : { default: defaultText }),
    required: options.required ?? false,
    secret: Boolean(options.secret),
    environmentName: environmentNames(key)[0],
    className: type.name,
  };
}
