import type { PartName } from '../parts.js';
import type { Spread } from '../results/statistics.js';

/** The inputs of docs/scale.md, and the part of the benchmark that measures each. */
export const INPUTS = {
  r: { title: 'rows/s of one daemon to a queue', by: 'plain' },
  rf: { title: 'rows/s of one daemon to synced files', by: 'files' },
  d: { title: 'CPU ms of a daemon for 1,000 rows to a queue', by: 'plain' },
  b: { title: 'messages/s to one broker over one connection', by: 'brokerOnly1000' },
  c: { title: 'rows/s of one session that claims, announces and records', by: 'claimOnly' },
  e: { title: 'ms of one session for 1,000 entries of comms-monitor', by: 'databaseCosts' },
  m: { title: "PostgreSQL's CPU ms for 1,000 entries of comms-monitor", by: 'databaseCosts' },
  q: { title: "PostgreSQL's CPU ms for 1,000 rows claimed, announced and recorded", by: 'databaseCosts' },
  v: { title: "PostgreSQL's CPU ms to vacuum 1,000 comms, with the checkpoint", by: 'databaseCosts' },
  t: { title: 'bytes of disk per row of `comms_request_target_distribution`', by: 'databaseCosts' },
  g: { title: 'bytes of disk per row of `comms_request_target`', by: 'databaseCosts' },
  w: { title: 'bytes of WAL per comm', by: 'databaseCosts' },
  'w.target': { title: 'of these, for the target', by: 'databaseCosts' },
  'w.entry': { title: 'for the entry', by: 'databaseCosts' },
  'w.delivery': { title: 'for the delivery', by: 'databaseCosts' },
  'w.vacuum': { title: 'for the vacuum', by: 'databaseCosts' },
  k: { title: "the broker's CPU ms for 1,000 messages put and consumed", by: 'brokerCosts' },
  j: { title: 'bytes that the broker writes to disk per message', by: 'brokerCosts' },
} as const satisfies Record<string, { readonly title: string; readonly by: PartName }>;

export type InputName = keyof typeof INPUTS;

export const INPUT_NAMES = Object.keys(INPUTS) as InputName[];

export type Inputs = Readonly<Record<InputName, Spread>>;
