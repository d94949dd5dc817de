import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { faultsOf } from './testing/faults-of-way.js';
import { stepsIn } from './way-of-a-row.js';

const steps = stepsIn(readFileSync('docs/architecture.md', 'utf8'));

describe('the way of a row in docs/architecture.md', () => {
  it('leads from main.ts to the SQL, the document, the socket and the status', () => {
    const files = steps.map(({ file }) => file.split('/').at(-1));
    expect(files[0]).toBe('main.ts');
    expect(files).toEqual(
      expect.arrayContaining([
        'claim-statement.ts',
        'document-writer.ts',
        'socket-transport.ts',
        'verdict-statement.ts',
      ]),
    );
  });

  it('takes 30 files at most', () => {
    expect(steps.length).toBeGreaterThan(20);
    expect(steps.length).toBeLessThanOrEqual(30);
  });

  it('names files that exist, each imported by one before it, and functions that are there', () => {
    expect(faultsOf(steps)).toEqual([]);
  });
});

describe('faultsOf', () => {
  it('finds a file that is not there', () => {
    expect(faultsOf([{ file: 'libs/none.ts', functions: [] }])).toEqual(['libs/none.ts does not exist']);
  });

  it('finds a file that none before it imports, and a function that is not there', () => {
    const main = 'apps/push-to-handset/src/main.ts';
    const courier = 'libs/file-outbox/src/file-courier.ts';
    expect(
      faultsOf([
        { file: main, functions: ['startNothing'] },
        { file: courier, functions: [] },
      ]),
    ).toEqual([`${main} has no startNothing`, `${courier} is imported by no file before it`]);
  });
});
