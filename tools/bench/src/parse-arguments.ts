import type { parseArgs } from 'node:util';
import { type Asked, parseCommandLine, type Range, wholeNumber } from '@comms/kit';
import {
  AGAINST_PARTS,
  CAPACITY_PARTS,
  NETWORK_PARTS,
  type PartName,
  PARTS,
  PROFILE_PARTS,
  SCALE_PARTS,
} from './parts.js';

/** What the caller of the benchmark may choose. */
export interface BenchOptions {
  readonly rows: number;
  readonly rounds: number;
  /** Rows of a batch; null for what each subject does by default. */
  readonly batchSize: number | null;
  readonly messageBytes: number;
  /** Milliseconds that a reply of a server takes longer; null without a network. */
  readonly roundTripMs: number | null;
  /** The version of the Node.js that the subjects run on; null for that of the benchmark. */
  readonly node: string | null;
  /** Sent rows in the table, and rows that wait, of `--scale`. */
  readonly sentRows: number;
  readonly backlogRows: number;
  /** What is measured. */
  readonly parts: readonly PartName[];
  /** The release that this build is measured against; null unless asked for. */
  readonly against: string | null;
  /** How long latency, idle cost and what wake-up costs are watched, in seconds. */
  readonly watchSeconds: number;
  /** Print one JSON object as the last line, and everything else on standard error. */
  readonly json: boolean;
  /** Draw docs/performance.svg, and put the figures into docs/performance.md and docs/scale.md. */
  readonly chart: boolean;
}

const FULL = { rows: 40_000, rounds: 5, watchSeconds: 20 };
const QUICK = { rows: 5_000, rounds: 1, watchSeconds: 5 };
const NETWORK = { rows: 20_000, rounds: 3, watchSeconds: 0 };
const TURNS = 20;
const PROFILE_ROWS = 100_000;
const MESSAGE_BYTES = 300;
const SENT_ROWS = 10_000_000;
const BACKLOG_ROWS = 1_000_000;

const ALL_PARTS = [...PARTS, ...SCALE_PARTS, ...PROFILE_PARTS, ...NETWORK_PARTS, ...CAPACITY_PARTS];

export const USAGE = `npm run bench -- [options]

  --rows N          rows per round, 100 to 10000000 (${FULL.rows}); slow subjects get a twentieth
  --rounds N        rounds, 1 to 100 (${FULL.rounds})
  --only A,B        only these: ${ALL_PARTS.join(', ')}
  --quick           ${QUICK.rows} rows, ${QUICK.rounds} round: a quick look, not a measurement
  --scale           only the effect of size: ${SCALE_PARTS.join(', ')}
  --sent-rows N     for --scale: sent rows in the table, 0 to 100000000 (${SENT_ROWS})
  --backlog-rows N  for --scale: rows that wait, 1000 to 10000000 (${BACKLOG_ROWS}); the other scenarios have a part of these
  --profile         only where the processor time of the plain daemon goes; ${PROFILE_ROWS} rows by default
  --network         only what a network costs: round trips of 0, 1 and 5 ms, also on the Node.js of the images;
                    ${NETWORK.rounds} rounds of ${NETWORK.rows} rows by default
  --capacity        only the inputs of docs/scale.md: ${CAPACITY_PARTS.join(', ')}
  --against VERSION only the cost of the plain daemon, compared with that of a release such as 0.1.0; ${TURNS} turns of
                    four rounds by default
  --batch-size N    rows per batch, 1 to 5000 (the default of the daemons)
  --round-trip MS   puts a network before PostgreSQL and the broker, such as 5ms, 0ms to 100ms (none)
  --node VERSION    the Node.js that the subjects run on, such as 24, from npm's package (that of the benchmark)
  --message-bytes N bytes per message, 50 to 1000000 (${MESSAGE_BYTES})
  --json            print one JSON object as the last line, and all else on standard error
  --chart           draw docs/performance.svg and write the figures into docs/performance.md and docs/scale.md
  --help            this text`;

/** Reads the command line. What is wrong with it is returned as a sentence. */
export function parseArguments(args: readonly string[]): Asked<BenchOptions> {
  return parseCommandLine(args, OPTIONS, optionsOf);
}

const OPTIONS = {
  rows: { type: 'string' },
  rounds: { type: 'string' },
  only: { type: 'string' },
  quick: { type: 'boolean' },
  scale: { type: 'boolean' },
  profile: { type: 'boolean' },
  network: { type: 'boolean' },
  capacity: { type: 'boolean' },
  against: { type: 'string' },
  'sent-rows': { type: 'string' },
  'backlog-rows': { type: 'string' },
  'batch-size': { type: 'string' },
  'round-trip': { type: 'string' },
  node: { type: 'string' },
  'message-bytes': { type: 'string' },
  json: { type: 'boolean' },
  chart: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function optionsOf(values: Values): BenchOptions {
  const { rows, rounds, watchSeconds } =
    values.quick === true ? QUICK : values.network === true ? NETWORK : FULL;
  const numberOf = (name: NumberOption, range: Range & { readonly default: number }) => {
    const text = values[name];
    return text === undefined ? range.default : wholeNumber(`--${name}`, text, range);
  };
  return {
    rows: numberOf('rows', {
      default: values.profile === true ? PROFILE_ROWS : rows,
      min: 100,
      max: 10_000_000,
    }),
    rounds: numberOf('rounds', { default: values.against === undefined ? rounds : TURNS, min: 1, max: 100 }),
    batchSize:
      values['batch-size'] === undefined
        ? null
        : wholeNumber('--batch-size', values['batch-size'], { min: 1, max: 5_000 }),
    roundTripMs: roundTripOf(values),
    node: values.node ?? null,
    messageBytes: numberOf('message-bytes', { default: MESSAGE_BYTES, min: 50, max: 1_000_000 }),
    sentRows: numberOf('sent-rows', { default: SENT_ROWS, min: 0, max: 100_000_000 }),
    backlogRows: numberOf('backlog-rows', { default: BACKLOG_ROWS, min: 1_000, max: 10_000_000 }),
    parts: partsOf(values),
    against: values.against ?? null,
    watchSeconds,
    json: values.json === true,
    chart: values.chart === true,
  };
}

type NumberOption = 'rows' | 'rounds' | 'sent-rows' | 'backlog-rows' | 'message-bytes';

function roundTripOf({ 'round-trip': text }: Values): number | null {
  return text === undefined
    ? null
    : wholeNumber('--round-trip', text.replace(/ms$/, ''), { min: 0, max: 100 });
}

function partsOf({ only, scale, profile, network, capacity, against }: Values): readonly PartName[] {
  const inPlace = [
    ...(scale === true ? SCALE_PARTS : []),
    ...(profile === true ? PROFILE_PARTS : []),
    ...(network === true ? NETWORK_PARTS : []),
    ...(capacity === true ? CAPACITY_PARTS : []),
    ...(against === undefined ? [] : AGAINST_PARTS),
  ];
  if (only === undefined) return inPlace.length === 0 ? PARTS : inPlace;
  const asked = only.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !ALL_PARTS.some((part) => part === name));
  if (unknown !== undefined)
    throw new Error(`--only does not know '${unknown}'; it knows ${ALL_PARTS.join(', ')}`);
  return ALL_PARTS.filter((part) => asked.includes(part));
}
