import { markdownTable } from '../results/markdown.js';
import { ASSUMED, type Example, EXAMPLES } from './examples.js';
import { type InputValues, type Model, modelOf } from './model-of.js';

/** What the examples need, as lines of Markdown. */
export function examplesTable(inputs: InputValues): string[] {
  const assumed = Object.entries(ASSUMED).map(([name, value]) => `\`${name}\` = ${value}`);
  const needs = EXAMPLES.map((example) => ({ ...modelOf(inputs, example), ...example }));
  return [
    `- ${assumed.join(', ')}`,
    '',
    ...markdownTable(
      ['wanted', ...EXAMPLES.map(({ title }) => title)],
      ROWS.map(([wanted, cellOf]) => [wanted, ...needs.map(cellOf)]),
    ),
  ];
}

const ROWS: readonly (readonly [wanted: string, cellOf: (needs: Model & Example) => string])[] = [
  ['`R`; `G`, days', ({ distributionDays, targetDays }) => `${distributionDays}; ${targetDays}`],
  ['mean; peak, comms/s', ({ mean, peak }) => pair(mean, peak)],
  ['replicas to queues', ({ replicasToQueues }) => figure(replicasToQueues)],
  ['replicas to files instead', ({ replicasToFiles }) => figure(replicasToFiles)],
  ['cores of the daemons', ({ coresOfDaemons }) => figure(coresOfDaemons)],
  ['replicas of comms-monitor', ({ replicasOfMonitor }) => figure(replicasOfMonitor)],
  ['sessions at work in the database', ({ sessionsAtWork }) => figure(sessionsAtWork)],
  ['cores of the database', ({ coresOfDatabase }) => figure(coresOfDatabase)],
  ['brokers; their cores', ({ brokers, coresOfBrokers }) => pair(brokers, coresOfBrokers)],
  ['table growth, GB per day', ({ growthPerDay }) => figure(growthPerDay / GB)],
  ["one month's partition, GB", ({ month }) => figure(month / GB)],
  ['disk, TB', ({ disk }) => figure(disk / TB)],
  ['WAL, GB per day; MB/s at peak', ({ walPerDay, walAtPeak }) => pair(walPerDay / GB, walAtPeak / MB)],
  [
    'journal writes, GB per day; MB/s at peak',
    ({ journalPerDay, journalAtPeak }) => pair(journalPerDay / GB, journalAtPeak / MB),
  ],
  [
    'of one database server: disk; WAL; cores, %',
    ({ ofOneServer: { disk, wal, cores } }) =>
      [disk, wal, cores].map((part) => figure(part * 100)).join('; '),
  ],
  ['shards', ({ shards }) => figure(shards)],
];

const MB = 1e6;
const GB = 1e9;
const TB = 1e12;

function pair(one: number, other: number): string {
  return `${figure(one)}; ${figure(other)}`;
}

/** Two digits below 10, three below 100, whole numbers above. */
function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(value < 10 ? 2 : 3)));
}
