import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { documentFaults } from './testing/document-faults.js';

const page = readFileSync(new URL('../../../docs/message-format.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, example = '']) => example);
const schema = readFileSync(new URL('../../../docs/message.schema.json', import.meta.url), 'utf8');
const { $id, properties } = JSON.parse(schema) as { $id: string; properties: object };

describe('docs/message-format.md', () => {
  it.each(examples)('shows a document that follows the schema: %s', (example) => {
    expect(documentFaults(JSON.parse(example))).toEqual([]);
  });

  it('names the id of the schema for readers, which stays', () => {
    expect($id).toBe('https://comms-distribution.example/schemas/message-1.json');
    expect(page).toContain(`\`${$id}\``);
  });

  it('explains each member of the document, and no other', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` +\| (?:string|number) /gm)].map(([, name]) => name);
    expect(rows).toEqual(Object.keys(properties));
  });
});
