import { markdownTable } from '../results/markdown.js';
import type { Against, CostName } from './measure-against.js';

/** What a build costs compared with a release, as lines of Markdown. */
export function againstTable({ release, turns, costs }: Against): string[] {
  const rows = Object.entries(costs).map(([name, { release: then, present, ratio }]) => [
    TITLES[name as CostName],
    then.toFixed(1),
    present.toFixed(1),
    ratio.median.toFixed(3),
    ratio.interval === null ? '' : ratio.interval.map((value) => value.toFixed(3)).join(' to '),
  ]);
  const head = [`${turns} turns`, release, 'this build', 'ratio', '90 % interval of its median'];
  return markdownTable(head, rows);
}

const TITLES: Readonly<Record<CostName, string>> = {
  daemon: 'daemon, CPU ms/1,000 rows',
  broker: 'broker, CPU ms/1,000 rows',
  database: 'PostgreSQL, CPU ms/1,000 rows',
  messageBytes: 'bytes of a message',
};
