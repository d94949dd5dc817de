import { describeProperties, type PropertyDescription } from '@comms/config';
import { type App, DAEMON_CATALOGUE } from '@comms/daemons';
import { RUNTIME_SECTIONS } from '@comms/daemon-runtime';
import type { JsonSchema } from './json-schema.js';

/**
 * What may stand for a property in the chart's values. The daemon judges the rest, such as the limits of a duration.
 * Secrets are not allowed there, except for URLs without user and password.
 */
export function propertySchema(property: PropertyDescription): JsonSchema {
  const { key, description, allowed } = property;
  return {
    description: `${description} Allowed: ${allowed}.`,
    ...secretOr(property, valueSchema(property), key),
  };
}

function secretOr({ secret }: PropertyDescription, schema: JsonSchema, key: string): JsonSchema {
  if (!secret) return schema;
  return key.endsWith('.url') ? { type: 'string', pattern: '^[^@]+$' } : { not: {} };
}

function valueSchema({ type, between, oneOf }: PropertyDescription): JsonSchema {
  switch (type) {
    case 'integer':
      return {
        anyOf: [
          { type: 'integer', ...limits(between) },
          { type: 'string', pattern: '^[0-9]+$' },
        ],
      };
    case 'boolean':
      return { enum: [true, false, 'true', 'false'] };
    case 'duration':
      return { type: 'string', pattern: '^[0-9]+(ms|s|m|h)$' };
    case 'string':
    case 'list':
      return { type: 'string', ...(oneOf && { enum: oneOf }) };
  }
}

function limits(between: PropertyDescription['between']): JsonSchema {
  return between ? { minimum: between[0], maximum: between[1] } : {};
}

/** The properties that each daemon reads. */
export type DaemonProperties = Readonly<Record<App, readonly PropertyDescription[]>>;

/** As the configuration classes declare them. */
export function daemonProperties(): DaemonProperties {
  const entries = Object.entries(DAEMON_CATALOGUE).map(([app, { sections }]) => [
    app,
    describeProperties([...sections, ...RUNTIME_SECTIONS]),
  ]);
  return Object.fromEntries(entries) as DaemonProperties;
}
