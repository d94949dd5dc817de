import { type JsonSchema, TEXT, closed, listOf } from './json-schema.js';

const NAME: JsonSchema = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' };

/** A value in an existing Secret. */
export const SECRET = closed({ existingSecret: NAME, key: { type: 'string', minLength: 1 } }, [
  'existingSecret',
  'key',
]);

/** Folders of existing Secrets and ConfigMaps. */
export const MOUNTS = listOf({
  ...closed(
    {
      name: { ...NAME, maxLength: 57 },
      path: { type: 'string', pattern: '^/' },
      secret: NAME,
      configMap: NAME,
    },
    ['name', 'path'],
  ),
  oneOf: [{ required: ['secret'] }, { required: ['configMap'] }],
});

const AMOUNTS: JsonSchema = { type: 'object', additionalProperties: { type: ['string', 'number'] } };

/** Resources of a container. */
export const RESOURCES = closed({
  requests: AMOUNTS,
  limits: AMOUNTS,
  claims: listOf(closed({ name: TEXT })),
});
