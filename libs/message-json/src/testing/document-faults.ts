import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** What is wrong with a parsed document of this release, one line per fault; none where it follows the closed schema. */
export function documentFaults(document: unknown): string[] {
  return faultsBy(closed, document);
}

/** What a reader finds wrong that accepts all that version 1 may add. */
export function readerFaults(document: unknown): string[] {
  return faultsBy(open, document);
}

const schemas = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
const open = schemas.compile(schemaIn('message.schema.json'));
const closed = schemas.compile(schemaIn('message-closed.schema.json'));

function schemaIn(file: string): object {
  return JSON.parse(readFileSync(new URL(`../../../../docs/${file}`, import.meta.url), 'utf8')) as object;
}

function faultsBy(validate: typeof open, document: unknown): string[] {
  validate(document);
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message ?? 'is wrong'}`,
  );
}
