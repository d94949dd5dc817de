import { BenchError } from '../bench-error.js';
import { INPUT_NAMES, type Inputs } from '../capacity/inputs.js';
import { putSection } from '../results/markdown.js';
import { examplesTable } from './examples-table.js';
import { inputsTable, readInputs } from './inputs-table.js';
import type { InputValues } from './model-of.js';

/** The same text with these inputs in place of its own, and with the examples that follow from them. */
export function modelDocument(text: string, measured: Partial<Inputs>): string {
  const withInputs = putSection(text, 'inputs', inputsTable({ ...readInputs(text), ...measured }));
  return putSection(withInputs, 'examples', examplesTable(valuesOf(readInputs(withInputs))));
}

function valuesOf(inputs: Partial<Inputs>): InputValues {
  const entries = INPUT_NAMES.map((name) => {
    const value = inputs[name]?.median;
    if (value === undefined) throw new BenchError('NOT_AVAILABLE', `the text has no input ${name}`);
    return [name, value];
  });
  return Object.fromEntries(entries) as InputValues;
}
