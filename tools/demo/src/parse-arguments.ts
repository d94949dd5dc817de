import { type Asked, parseCommandLine, wholeNumber } from '@comms/kit';

/** What the caller of the demo may choose. */
export interface DemoOptions {
  /** How many comms are inserted. */
  readonly count: number;
  /** End once all comms are through, instead of staying up. */
  readonly exit: boolean;
  /** Print one JSON summary as the last line, and everything else on standard error. */
  readonly json: boolean;
  /** Real brokers, as `comms.broker.url` names them; without it, the demo's own. */
  readonly brokerUrl?: string;
  /** A real database; without it, an embedded PostgreSQL. */
  readonly databaseUrl?: string;
}

const DEFAULT_COUNT = 600;
const MOST_COMMS = 20_000;

export const USAGE = `npm run demo -- [options]

  --count N        how many comms to insert, 1 to ${MOST_COMMS} (${DEFAULT_COUNT})
  --exit           end when all comms are through; without it the demo stays up until Ctrl-C
  --json           print one JSON summary as the last line, and all else on standard error
  --broker URL     a real broker: stomp://, stomp+ssl://, ws:// or wss://; several separated by commas.
                   Login from COMMS_BROKER_USERNAME and COMMS_BROKER_PASSWORD. Messages stay on it.
  --database URL   a real, empty PostgreSQL database: postgres://user:password@host:port/name.
                   The demo makes the tables; they and their rows stay. Rows of an earlier demo are replaced.
  --help           this text`;

/** Reads the command line. What is wrong with it is returned as a sentence. */
export function parseArguments(args: readonly string[]): Asked<DemoOptions> {
  return parseCommandLine(args, OPTIONS, optionsOf);
}

const OPTIONS = {
  count: { type: 'string' },
  exit: { type: 'boolean' },
  json: { type: 'boolean' },
  broker: { type: 'string' },
  database: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

interface Values {
  readonly count?: string;
  readonly exit?: boolean;
  readonly json?: boolean;
  readonly broker?: string;
  readonly database?: string;
}

function optionsOf({
  count = String(DEFAULT_COUNT),
  exit = false,
  json = false,
  broker,
  database,
}: Values): DemoOptions {
  return {
    count: wholeNumber('--count', count, { min: 1, max: MOST_COMMS }),
    exit,
    json,
    ...(broker !== undefined && { brokerUrl: brokerUrlOf(broker) }),
    ...(database !== undefined && { databaseUrl: databaseUrlOf(database) }),
  };
}

function brokerUrlOf(text: string): string {
  const wellFormed = text.split(',').every((url) => /^(stomp|stomp\+ssl|ws|wss):\/\/\S+$/.test(url.trim()));
  if (!wellFormed) throw new Error('--broker must be a stomp://, stomp+ssl://, ws:// or wss:// URL');
  return text;
}

function databaseUrlOf(text: string): string {
  if (!/^postgres(ql)?:\/\/\S+$/.test(text)) throw new Error('--database must be a postgres:// URL');
  return text;
}
