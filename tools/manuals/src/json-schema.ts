/** A JSON Schema of draft 7, which every Helm reads. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** An object that has these fields and no others. */
export function closed(
  properties: Readonly<Record<string, JsonSchema | boolean>>,
  required: readonly string[] = [],
): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    properties,
    ...(required.length > 0 ? { required } : {}),
  };
}

export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

export function oneOf(...words: readonly string[]): JsonSchema {
  return { type: 'string', enum: words };
}

/** A whole number, which the templates get as it is. */
export function whole(minimum: number, maximum?: number): JsonSchema {
  return { type: 'integer', minimum, ...(maximum === undefined ? {} : { maximum }) };
}

export const TEXT: JsonSchema = { type: 'string' };

export const SWITCH: JsonSchema = { type: 'boolean' };

/** What Kubernetes itself judges. */
export const OBJECT: JsonSchema = { type: 'object' };

export const TEXTS: JsonSchema = { type: 'object', additionalProperties: TEXT };

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
