import { describe, expect, it } from '@jest/globals';
import { tallyOf } from '../results/outcome.js';
import { outcomeTable } from './outcome-table.js';

describe('outcomeTable', () => {
  it('has one row per method and one column per outcome, with the words that agents read', () => {
    const table = outcomeTable(
      tallyOf([
        { method: 'PUSH', outcome: 'P', count: 12_345 },
        { method: 'SMS', outcome: 'S', count: 150 },
        { method: 'SMS', outcome: 'lapsed', count: 18 },
        { method: 'EXTERNAL', outcome: 'R', count: 6 },
        { method: 'EXTERNAL', outcome: 'E', count: 7 },
      ]),
    );

    expect(table).toEqual([
      '                     D     S          P      R         E         D',
      '              Awaiting  Sent  Published  Error     Error  time has',
      '          Distribution                   Retry  No Retry    passed',
      '          ────────────  ────  ─────────  ─────  ────────  ────────',
      'PUSH                 0     0      12345      0         0         0',
      'SMS                  0   150          0      0         0        18',
      'EXTERNAL             0     0          0      6         7         0',
      'ONLINE               0     0          0      0         0         0',
      'all                  0   150      12345      6         7        18',
    ]);
  });
});
