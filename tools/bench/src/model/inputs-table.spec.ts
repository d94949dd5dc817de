import { describe, expect, it } from '@jest/globals';
import type { Inputs } from '../capacity/inputs.js';
import { inputsTable, readInputs } from './inputs-table.js';

const INPUTS: Partial<Inputs> = {
  r: { median: 11_566, min: 9_851, max: 12_611 },
  v: { median: 6.5, min: 5, max: 12 },
  t: { median: 757, min: 757, max: 757 },
  'w.vacuum': { median: 54, min: 54, max: 54 },
};

describe('inputsTable', () => {
  it('has one row per measured input, with the range where there is one', () => {
    const [head = '', line = '', ...rows] = inputsTable(INPUTS);

    expect(new Set([head, line, ...rows].map(({ length }) => length)).size).toBe(1);
    expect(rows.map((row) => row.split('|').map((cell) => cell.trim()))).toEqual([
      ['', '`r`', 'rows/s of one daemon to a queue', '11,566', '9,851–12,611', '`plain`', ''],
      ['', '`v`', expect.anything(), '6.5', '5–12', '`databaseCosts`', ''],
      ['', '`t`', expect.anything(), '757', '', '`databaseCosts`', ''],
      ['', '`w.vacuum`', 'for the vacuum', '54', '', '`databaseCosts`', ''],
    ]);
  });

  it('rounds to tenths below 10, and to whole numbers above', () => {
    const spread = { median: 10.4, min: 9.96, max: 30.6 };

    expect(readInputs(inputsTable({ q: spread }).join('\n'))).toEqual({
      q: { median: 10, min: 10, max: 31 },
    });
  });
});

describe('readInputs', () => {
  it('finds what was written', () => {
    expect(readInputs(['text', '', ...inputsTable(INPUTS), '', 'text'].join('\n'))).toEqual(INPUTS);
  });

  it('finds none where there are none', () => {
    expect(readInputs('| `F` | peak over mean |')).toEqual({});
  });
});
