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

function valueSchema({ type, allowed }: PropertyDescription): JsonSchema {
  switch (type) {
    case 'integer':
      return {
        anyOf: [
          { type: 'integer', ...limitsIn(allowed) },
          { type: 'string', pattern: '^[0-9]+$' },
        ],
      };
    case 'boolean':
      return { enum: [true, false, 'true', 'false'] };
    case 'duration':
      return { type: 'string', pattern: '^[0-9]+(ms|s|m|h)$' };
    case 'string':
    case 'list':
      return { type: 'string', ...wordsIn(allowed) };
  }
}

/** `1 to 65535` as limits. */
function limitsIn(allowed: string): JsonSchema {
  const [, minimum, maximum] = /^(\d+) to (\d+)$/.exec(allowed) ?? [];
  return minimum === undefined ? {} : { minimum: Number(minimum), maximum: Number(maximum) };
}

/** `debug, info or warn` as an enumeration. */
function wordsIn(allowed: string): JsonSchema {
  return /^[\w-]+(, [\w-]+)* or [\w-]+$/.test(allowed) ? { enum: allowed.split(/, | or /) } : {};
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
