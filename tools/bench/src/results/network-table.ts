import type { NetworkFigures } from './findings.js';
import { markdownTable } from './markdown.js';

/** What a network costs, as lines of Markdown; nothing where it was not measured. */
export function networkTable(network: readonly NetworkFigures[] | null): string[] {
  return markdownTable(HEAD, (network ?? []).map(rowOf));
}

const HEAD = [
  'round trip',
  'Node.js',
  'plain',
  'plain, 6,000 rows in hand',
  '2 replicas',
  'broker alone',
  'serial limit',
  'pg-boss tuned',
  'plain : broker alone',
  'plain : pg-boss',
  '2 replicas : plain',
  'cores at work for plain',
];

function rowOf({ roundTripMs, node, rates, coresOfPlain }: NetworkFigures): string[] {
  const { plain, plainLarge, replicas2, brokerOnly, serialLimit, pgBossTuned } = rates;
  return [
    `${roundTripMs} ms`,
    node,
    ...[plain, plainLarge, replicas2, brokerOnly, serialLimit, pgBossTuned].map(whole),
    ratio(plain, brokerOnly),
    ratio(plain, pgBossTuned),
    ratio(replicas2, plain),
    coresOfPlain?.toFixed(2) ?? '',
  ];
}

function whole(value: number | null): string {
  return value === null ? '' : Math.round(value).toLocaleString('en');
}

function ratio(over: number | null, under: number | null): string {
  return over === null || under === null ? '' : (over / under).toFixed(2);
}
