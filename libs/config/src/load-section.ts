import { validateSync } from 'class-validator';

import { CHECKED_BY } from './checked-by.js';
import type { EffectiveProperty } from './configuration.js';
import type { Fault } from './fault.js';
import { FaultyFieldError } from './faulty-field-error.js';
import { maskSecret } from './mask-secret.js';
import { readProperty, refusedText, type PropertyReading } from './read-property.js';
import { sectionProperties } from './section-properties.js';
import type { Section } from './section.js';
import type { SourcedValues } from './sourced-values.js';

export interface LoadedSection {
  /** Frozen. Reading a field that has a fault throws a {@link FaultyFieldError}. */
  readonly instance: object;
  readonly properties: readonly EffectiveProperty[];
  readonly faults: readonly Fault[];
}

/** Fills a configuration class from the sources, and has its class-validator rules judge what could be parsed. */
export function loadSection(section: Section, sources: SourcedValues): LoadedSection {
  const readings = judged(
    section,
    sectionProperties(section).map((property) => readProperty(property, sources)),
  );
  return {
    instance: frozenInstance(section, readings),
    properties: readings.map(effectiveProperty),
    faults: readings.flatMap(({ fault }) => fault ?? []),
  };
}

function judged({ type }: Section, readings: readonly PropertyReading[]): readonly PropertyReading[] {
  const fields = Object.fromEntries(readings.map(({ property, value }) => [property.field, value]));
  const errors = validateSync(Object.assign(new type(), fields), {
    skipUndefinedProperties: true,
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
  });
  const rules = new Map(errors.map(({ property, constraints = {} }) => [property, constraints]));
  return readings.map((reading) => {
    const broken = rules.get(reading.property.field);
    if (broken === undefined) return reading;
    const { [CHECKED_BY]: problem, ...others } = broken;
    if (problem !== undefined) return refusedText(reading, problem);
    return refusedText(reading, 'is not allowed', allowedBy(reading, Object.values(others)));
  });
}

/** The words of the rules stand in where the property has none of its own; they may quote the value. */
function allowedBy({ property: { options } }: PropertyReading, rules: readonly string[]): string | undefined {
  return options.allowed === undefined && !options.secret ? rules.join(', ') : undefined;
}

/** Secrets are not enumerable, so that no log of the instance, no JSON and no copy by spreading holds them. */
function frozenInstance({ type }: Section, readings: readonly PropertyReading[]): object {
  const instance = new type();
  for (const { property, value, sound } of readings) {
    const enumerable = !property.options.secret;
    Object.defineProperty(instance, property.field, sound ? { value, enumerable } : { get: throwFaulty });
  }
  return Object.freeze(instance);
}

function throwFaulty(): never {
  throw new FaultyFieldError();
}

function effectiveProperty({ property, source, text, value }: PropertyReading): EffectiveProperty {
  const { key, type, field, options } = property;
  return {
    key,
    type,
    field,
    source,
    value: options.secret ? undefined : value,
    text: text === undefined ? undefined : maskSecret(text, options.secret),
  };
}
