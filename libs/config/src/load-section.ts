import { validateSync } from 'class-validator';

import type { EffectiveProperty } from './configuration.js';
import type { Fault } from './fault.js';
import { maskSecret } from './mask-secret.js';
import { CHECKED_BY } from './property.js';
import { type PropertyReading, readProperty, refusedText } from './read-property.js';
import { RereadableConfig, type Section, sectionProperties } from './section.js';
import type { SourcedValues } from './sources.js';

export interface LoadedSection {
  /** Frozen. Reading a field that has a fault throws a {@link FaultyFieldError}. */
  readonly instance: object;
  readonly properties: readonly EffectiveProperty[];
  readonly faults: readonly Fault[];
}

/**
 * Fills a configuration class from the sources and validates what could be parsed with its class-validator rules. The
 * instance of a {@link RereadableConfig} gets `readAgain`.
 */
export function loadSection(
  section: Section,
  sources: SourcedValues,
  readAgain: () => object,
): LoadedSection {
  const readings = validated(
    section,
    sectionProperties(section).map((property) => readProperty(property, sources)),
  );
  return {
    instance: frozenInstance(section, readings, readAgain),
    properties: readings.map(effectiveProperty),
    faults: readings.flatMap(({ fault }) => fault ?? []),
  };
}

function validated({ type }: Section, readings: readonly PropertyReading[]): readonly PropertyReading[] {
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
    return refusedText(reading, broken[CHECKED_BY] ?? 'is not allowed');
  });
}

/** Secrets are not enumerable, so that no log of the instance, no JSON and no copy by spreading holds them. */
function frozenInstance(
  { type }: Section,
  readings: readonly PropertyReading[],
  readAgain: () => object,
): object {
  const instance = new type();
  for (const { property, value, sound } of readings) {
    const enumerable = !property.options.secret;
    Object.defineProperty(instance, property.field, sound ? { value, enumerable } : { get: throwFaulty });
  }
  if (instance instanceof RereadableConfig)
    Object.defineProperty(instance, 'readAgain', { value: readAgain });
  return Object.freeze(instance);
}

/** A check has read a field that is at fault. The loader catches this error; it never leaves the library. */
export class FaultyFieldError extends Error {
  override readonly name = 'FaultyFieldError';
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
