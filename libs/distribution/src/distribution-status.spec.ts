import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endsOf, LEGAL_MOVES, STATUS_TEXTS, type StatusMover } from './distribution-status.js';

const MOVERS = Object.keys(LEGAL_MOVES) as StatusMover[];
const movesOf = (mover: StatusMover) => LEGAL_MOVES[mover].map(endsOf);

describe('the table of moves', () => {
  it('lets only upstream move a row that awaits its merge', () => {
    expect(MOVERS.filter((mover) => movesOf(mover).some(({ from }) => from === 'A'))).toEqual(['upstream']);
  });

  it('never lets a row be delivered twice unless an operator has sent it back in between', () => {
    const step = fc.record({ mover: fc.constantFrom(...MOVERS), choice: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 200, maxLength: 200 }), (steps) => {
        let status = 'A';
        let mayBeDelivered = true;
        for (const { mover, choice } of steps) {
          const moves = movesOf(mover).filter(({ from }) => from === status);
          const move = moves[choice % moves.length];
          if (move === undefined) continue;
          const isDelivery = mover === 'daemon' && (move.to === 'S' || move.to === 'P');
          if (isDelivery) expect(mayBeDelivered).toBe(true);
          mayBeDelivered = (mayBeDelivered && !isDelivery) || mover === 'operator';
          status = move.to;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is what README.md draws', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const drawn = [...readme.matchAll(/^ {2}([ADSPRE]) --> ([ADSPRE]):/gm)].map(
      ([, from, to]) => `${from}>${to}`,
    );
    expect(new Set(drawn)).toEqual(new Set(Object.values(LEGAL_MOVES).flat()));
  });

  it('has its words for agents in README.md', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    for (const [status, text] of Object.entries(STATUS_TEXTS))
      expect(readme).toContain(`${status}: ${status} ${text}`);
  });
});
