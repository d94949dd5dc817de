import type { FollowUpCost, SecondCost } from './findings.js';
import { markdownTable } from './markdown.js';

/** What follow-up costs, as lines of Markdown: each cell has the figure without it and with it. */
export function followUpTable(costs: readonly FollowUpCost[] | null): string[] {
  return markdownTable(
    HEAD,
    (costs ?? []).map((cost) => [String(cost.rowsPerSecond), ...FIGURES.map((figure) => figure(cost))]),
  );
}

const HEAD = [
  'rows/s',
  'daemon ms/s',
  'PostgreSQL ms/s',
  'broker ms/s',
  'transactions/s',
  'write-ahead log kB/s',
];

const FIGURES = [
  both(({ daemonMs }) => daemonMs),
  both(({ databaseMs }) => databaseMs),
  both(({ brokerMs }) => brokerMs),
  both(({ transactions }) => transactions),
  both(({ walBytes }) => walBytes / 1_000),
];

function both(figure: (cost: SecondCost) => number): (cost: FollowUpCost) => string {
  return (cost) => `${figure(cost.without).toFixed(1)} → ${figure(cost.with).toFixed(1)}`;
}
