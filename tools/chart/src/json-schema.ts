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
