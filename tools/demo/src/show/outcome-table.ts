import { DELIVERY_METHODS, STATUS_TEXTS } from '@comms/distribution';
import { type Outcome, OUTCOMES, type Tally } from '../results/outcome.js';

/** The lines of a table, with a row per method and a column per outcome, headed by the words that agents read. */
export function outcomeTable(tally: Tally): string[] {
  const columns = OUTCOMES.map((outcome) => columnOf(outcome, tally));
  const names = ['', '', '', '', ...DELIVERY_METHODS, 'all'];
  return names.map((name, row) =>
    [name.padEnd(NAME_WIDTH), ...columns.map(({ cells, width }) => (cells[row] ?? '').padStart(width))].join(
      '  ',
    ),
  );
}

const NAME_WIDTH = Math.max(...DELIVERY_METHODS.map(({ length }) => length));

function columnOf(outcome: Outcome, tally: Tally) {
  const counts = DELIVERY_METHODS.map((method) => tally[method][outcome]);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const numbers = [...counts, all].map((count) => String(count));
  const cells = [...HEADS[outcome], RULE, ...numbers];
  const width = Math.max(...cells.map(({ length }) => length));
  return { width, cells: cells.map((cell) => (cell === RULE ? RULE.repeat(width) : cell)) };
}

const RULE = '─';

const HEADS: Record<Outcome, readonly [string, string, string]> = {
  D: ['D', ...words(STATUS_TEXTS.D)],
  S: ['S', ...words(STATUS_TEXTS.S)],
  P: ['P', ...words(STATUS_TEXTS.P)],
  R: ['R', ...words(STATUS_TEXTS.R)],
  E: ['E', ...words(STATUS_TEXTS.E)],
  lapsed: ['D', 'time has', 'passed'],
};

/** A status text on two lines. */
function words(text: string): [string, string] {
  const [first = '', ...rest] = text.split(' ');
  return [first, rest.join(' ')];
}
