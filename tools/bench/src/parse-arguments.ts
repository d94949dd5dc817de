import { parseArgs } from 'node:util';
import { type PartName, PARTS } from './parts.js';

/** What the caller of the benchmark may choose. */
export interface BenchOptions {
  readonly rows: number;
  readonly rounds: number;
  readonly batchSize: number;
  readonly messageBytes: number;
  /** What is measured. */
  readonly parts: readonly PartName[];
  /** How long latency and idle cost are watched, in seconds. */
  readonly watchSeconds: number;
  /** Print one JSON object as the last line, and everything else on standard error. */
  readonly json: boolean;
  /** Draw docs/performance.svg. */
  readonly chart: boolean;
}

export type Arguments =
  { readonly options: BenchOptions } | { readonly help: true } | { readonly fault: string };

const FULL = { rows: 20_000, rounds: 5, watchSeconds: 20 };
const QUICK = { rows: 5_000, rounds: 1, watchSeconds: 5 };
const BATCH_SIZE = 1_000;
const MESSAGE_BYTES = 300;

export const USAGE = `npm run bench -- [options]

  --rows N          rows of a round, 100 to 10000000 (${FULL.rows}); slow subjects get a tenth
  --rounds N        rounds, 1 to 100 (${FULL.rounds})
  --only A,B        only these: ${PARTS.join(', ')}
  --quick           ${QUICK.rows} rows, ${QUICK.rounds} round: a look, not a measurement
  --batch-size N    rows of a batch, 1 to 5000 (${BATCH_SIZE})
  --message-bytes N size of a message, 50 to 1000000 (${MESSAGE_BYTES})
  --json            print one JSON object as the last line, and all else on standard error
  --chart           draw docs/performance.svg
  --help            this text`;

/** Reads the command line; what is wrong with it is answered as a sentence. */
export function parseArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help === true) return { help: true };
    return { options: optionsOf(values) };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

const OPTIONS = {
  rows: { type: 'string' },
  rounds: { type: 'string' },
  only: { type: 'string' },
  quick: { type: 'boolean' },
  'batch-size': { type: 'string' },
  'message-bytes': { type: 'string' },
  json: { type: 'boolean' },
  chart: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function optionsOf(values: Values): BenchOptions {
  const { rows, rounds, watchSeconds } = values.quick === true ? QUICK : FULL;
  const numberOf = (name: 'rows' | 'rounds' | 'batch-size' | 'message-bytes', range: Range) => {
    const text = values[name];
    return text === undefined ? range.default : wholeNumber(`--${name}`, text, range);
  };
  return {
    rows: numberOf('rows', { default: rows, min: 100, max: 10_000_000 }),
    rounds: numberOf('rounds', { default: rounds, min: 1, max: 100 }),
    batchSize: numberOf('batch-size', { default: BATCH_SIZE, min: 1, max: 5_000 }),
    messageBytes: numberOf('message-bytes', { default: MESSAGE_BYTES, min: 50, max: 1_000_000 }),
    parts: values.only === undefined ? PARTS : partsOf(values.only),
    watchSeconds,
    json: values.json === true,
    chart: values.chart === true,
  };
}

interface Range {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

function wholeNumber(option: string, text: string, { min, max }: Range): number {
  const number = /^\d{1,8}$/.test(text) ? Number(text) : NaN;
  if (!(number >= min && number <= max)) {
    throw new Error(`${option} must be a whole number from ${min} to ${max}, not '${text}'`);
  }
  return number;
}

function partsOf(text: string): PartName[] {
  const asked = text.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new Error(`--only knows no '${unknown}'; it knows ${PARTS.join(', ')}`);
  return PARTS.filter((part) => asked.includes(part));
}
