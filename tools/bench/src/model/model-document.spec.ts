import { readFile } from 'node:fs/promises';
import { repositoryPath } from '@comms/kit';
import { describe, expect, it } from '@jest/globals';
import { INPUT_NAMES } from '../capacity/inputs.js';
import { spreadOf } from '../results/statistics.js';
import { examplesTable } from './examples-table.js';
import { inputsTable, readInputs } from './inputs-table.js';
import { modelDocument } from './model-document.js';
import { someInputs } from './testing/some-inputs.js';

describe('modelDocument', () => {
  it('takes what was measured, keeps the other inputs, and has examples that follow from both', () => {
    const text = modelDocument(aDocument(), { k: spreadOf([200.4]) });

    expect(readInputs(text).k?.median).toBe(200);
    expect(readInputs(text).q?.median).toBe(someInputs().q);
    expect(text).toContain(examplesTable({ ...someInputs(), k: 200 }).join('\n'));
  });

  it('refuses a text that lacks an input', () => {
    expect(() => modelDocument(aDocument().replace('| `q` ', '| `?` '), {})).toThrow(
      'the text has no input q',
    );
  });

  it('finds nothing to change in docs/scale.md', async () => {
    const text = await readFile(repositoryPath('docs/scale.md'), 'utf8');

    expect(modelDocument(text, {})).toBe(text);
  });
});

function aDocument(): string {
  const inputs = INPUT_NAMES.map((name) => [name, spreadOf([someInputs()[name]])]);
  const section = (name: string, lines: readonly string[]) => [
    `<!-- ${name} -->`,
    '',
    ...lines,
    '',
    `<!-- end of ${name} -->`,
  ];
  return [
    ...section('inputs', inputsTable(Object.fromEntries(inputs) as Parameters<typeof inputsTable>[0])),
    ...section('examples', []),
  ].join('\n');
}
