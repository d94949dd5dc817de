import { describe, expect, it } from '@jest/globals';
import { chartManual } from './chart-manual.js';

describe('chartManual', () => {
  it('reports each value that has its own comment, with its path, default and meaning', async () => {
    const manual = await chartManual(`# A file.
image:
  # -- Tag of all images;
  # the newest when empty.
  tag: ''
# -- Limits of a | b.
limits: { memory: 1Gi }
# Not for readers.
other: 1
`);
    const rows = manual.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()))).toEqual([
      ['', '`image.tag`', '`""`', 'Tag of all images; the newest when empty.', ''],
      ['', '`limits`', '`{ memory: 1Gi }`', String.raw`Limits of a \| b.`, ''],
    ]);
  });
});
