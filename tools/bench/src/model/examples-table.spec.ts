import { describe, expect, it } from '@jest/globals';
import { examplesTable } from './examples-table.js';
import { someInputs } from './testing/some-inputs.js';

describe('examplesTable', () => {
  it('is aligned Markdown with one column per example', () => {
    const [assumed, blank, head = '', ...rows] = examplesTable(someInputs());
    const cellsOf = (wanted: string) =>
      rows
        .find((row) => row.startsWith(`| ${wanted} `))
        ?.split('|')
        .map((cell) => cell.trim());

    expect(assumed).toBe('- `F` = 3, `u` = 0.6, `C` = 32, `D` = 20, `L` = 100');
    expect(blank).toBe('');
    expect(new Set([head, ...rows].map(({ length }) => length)).size).toBe(1);
    expect(cellsOf('mean; peak, comms/s')?.slice(2, 5)).toEqual([
      '11.6; 34.7',
      '1,157; 3,472',
      '11,574; 34,722',
    ]);
    expect(cellsOf('cores of the daemons')?.slice(2, 5)).toEqual(['0.0017', '0.17', '1.7']);
    expect(cellsOf('shards')?.slice(2, 7)).toEqual(['1', '1', '2', '3', '1']);
  });
});
