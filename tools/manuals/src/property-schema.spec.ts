import type { PropertyDescription } from '@comms/config';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { daemonProperties, propertySchema } from './property-schema.js';

type Case = readonly [
  what: string,
  property: Partial<PropertyDescription>,
  values: { readonly taken: readonly unknown[]; readonly refused: readonly unknown[] },
];

const CASES: readonly Case[] = [
  [
    'an integer within its limits',
    { type: 'integer', between: [1, 5] },
    { taken: [1, 5, '3'], refused: [0, 6, 1.5, 'a', true] },
  ],
  ['a switch', { type: 'boolean' }, { taken: [true, 'false'], refused: ['yes', 1] }],
  [
    'a duration',
    { type: 'duration', between: ['1s', '1h'] },
    { taken: ['500ms', '2m'], refused: [2, '2 s', '2d'] },
  ],
  [
    'one of some words',
    { type: 'string', oneOf: ['debug', 'info', 'warn'] },
    { taken: ['info', 'warn'], refused: ['or', 'all'] },
  ],
  ['any text', { type: 'string' }, { taken: ['a b'], refused: [1] }],
  ['no secret', { type: 'string', secret: true }, { taken: [], refused: ['secret'] }],
  [
    'a URL without a password',
    { key: 'comms.a.url', secret: true },
    { taken: ['stomp://a:1'], refused: ['stomp://a:b@c:1'] },
  ],
];

describe('propertySchema', () => {
  it.each(CASES)('takes %s', (_what, property, { taken, refused }) => {
    const validate = new Ajv({ allowUnionTypes: true }).compile(propertySchema(described(property)));
    expect(taken.filter((value) => !validate(value))).toEqual([]);
    expect(refused.filter((value) => validate(value))).toEqual([]);
  });

  it('takes the default of every property', () => {
    for (const property of Object.values(daemonProperties()).flat()) {
      if (property.default === undefined) continue;
      const validate = new Ajv({ allowUnionTypes: true }).compile(propertySchema(property));
      expect([property.key, validate(property.default)]).toEqual([property.key, true]);
    }
  });
});

function described(property: Partial<PropertyDescription>): PropertyDescription {
  return {
    key: 'comms.a',
    type: 'string',
    description: 'A property.',
    allowed: 'a text',
    required: false,
    secret: false,
    environmentName: 'COMMS_A',
    className: 'AConfig',
    ...property,
  };
}
