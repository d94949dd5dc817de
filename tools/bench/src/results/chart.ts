import type { Findings } from './findings.js';
import { RATE_NAMES, type RateName, rateOf } from './rates.js';
import type { Spread } from './statistics.js';

const WIDTH = 900;
const LEFT = 300;
const RIGHT = 110;
const TOP = 88;
const ROW = 30;
const BAR = 16;

/** Several times all others, which would be too short to compare. */
const TOO_LONG: RateName = 'claimOnly';

interface Bar extends Spread {
  readonly name: RateName;
}

/** Rates as an SVG picture: a bar for the median, a whisker from the slowest round to the fastest. Up to two captions. */
export function chartOf(findings: Findings, captions: readonly string[]): string {
  const bars = RATE_NAMES.flatMap((name): Bar[] => {
    if (name === TOO_LONG) return [];
    const rate = rateOf(findings, name);
    return rate === null ? [] : [{ name, ...rate }];
  });
  const height = TOP + bars.length * ROW + 16;
  const longest = Math.max(1, ...bars.map(({ max }) => max));
  const scale = (value: number) => round((value / longest) * (WIDTH - LEFT - RIGHT));
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
    `<title>Rows per second from the database to the queue</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="16" y="26" font-size="17" font-weight="bold" fill="#1b1f24">Rows per second from the database to the queue</text>`,
    ...captions.map(
      (caption, i) =>
        `<text x="16" y="${48 + i * 18}" fill="#57606a" font-size="12">${escaped(caption)}</text>`,
    ),
    ...bars.flatMap((bar, i) => linesOf(bar, TOP + i * ROW, scale)),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf({ name, median, min, max }: Bar, y: number, scale: (value: number) => number): string[] {
  const middle = y + BAR / 2;
  const [from, to] = [LEFT + scale(min), LEFT + scale(max)];
  const tick = (x: number) => `M${x} ${middle - 4}V${middle + 4}`;
  const { label, colour } = LOOKS[name];
  return [
    `<text x="${LEFT - 10}" y="${middle + 4}" text-anchor="end" fill="#1b1f24">${escaped(label)}</text>`,
    `<rect x="${LEFT}" y="${y}" width="${scale(median)}" height="${BAR}" rx="2" fill="${colour}"/>`,
    `<path d="M${from} ${middle}H${to}${tick(from)}${tick(to)}" stroke="#1b1f24" fill="none"/>`,
    `<text x="${to + 8}" y="${middle + 4}" fill="#1b1f24">${Math.round(median).toLocaleString('en')}</text>`,
  ];
}

const OURS = '#0969da';
const LIMIT = '#afb8c1';
const PEER = '#bf8700';

const LOOKS: Readonly<Record<RateName, { readonly label: string; readonly colour: string }>> = {
  plain: { label: 'this daemon, plain', colour: OURS },
  plainLarge: { label: 'the same with 6,000 rows in hand', colour: OURS },
  symmetric: { label: 'this daemon, encrypted (dir)', colour: OURS },
  rsa: { label: 'this daemon, encrypted (RSA-2048)', colour: OURS },
  files: { label: 'this daemon, to synced files', colour: OURS },
  replicas2: { label: 'this daemon, 2 replicas', colour: OURS },
  replicas4: { label: 'this daemon, 4 replicas', colour: OURS },
  claimOnly: { label: 'limit: the database work alone', colour: LIMIT },
  brokerOnly: { label: 'limit: the broker work alone', colour: LIMIT },
  brokerOnly2: { label: 'limit: the same over 2 connections', colour: LIMIT },
  filesOnly: { label: 'limit: the file work alone', colour: LIMIT },
  serialLimit: { label: 'limit: one after the other', colour: LIMIT },
  rowAtATime: { label: 'NestJS, TypeORM, row at a time', colour: PEER },
  graphileWorker: { label: 'graphile-worker with receipts', colour: PEER },
  graphileWorkerTuned: { label: 'graphile-worker, tuned', colour: PEER },
  pgBoss: { label: 'pg-boss with receipts', colour: PEER },
  pgBossTuned: { label: 'pg-boss with STOMP transactions', colour: PEER },
  pgTransactionalOutbox: { label: 'pg-transactional-outbox', colour: PEER },
  camel: { label: 'Apache Camel, SQL to JMS', colour: PEER },
};

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
