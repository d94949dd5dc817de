import type { SubjectName } from '../subjects/subjects.js';
import type { Findings } from './findings.js';
import { type Spread, spreadOf } from './statistics.js';

/** The subjects of the summary. Where a subject has variants, the better one counts. */
const RATES = {
  plain: ['plain'],
  plainLarge: ['plainLarge'],
  symmetric: ['symmetric'],
  rsa: ['rsa'],
  files: ['files'],
  replicas2: ['replicas2'],
  replicas4: ['replicas4'],
  claimOnly: ['claimOnly'],
  brokerOnly: ['brokerOnly200', 'brokerOnly500', 'brokerOnly1000', 'brokerOnly2000'],
  brokerOnly2: ['brokerOnly2'],
  filesOnly: ['filesOnly'],
  serialLimit: ['serialLimit'],
  rowAtATime: ['rowAtATime'],
  graphileWorker: ['graphileWorker'],
  graphileWorkerTuned: ['graphileWorkerTuned'],
  pgBoss: ['pgBoss'],
  pgBossTuned: ['pgBossTuned500', 'pgBossTuned2000'],
  pgTransactionalOutbox: ['pgTransactionalOutbox'],
  camel: ['camel'],
} as const satisfies Record<string, readonly SubjectName[]>;

export type RateName = keyof typeof RATES;

export const RATE_NAMES = Object.keys(RATES) as RateName[];

/** Rows per second of its best variant; null where no round has succeeded, or one has failed. */
export function rateOf({ subjects }: Findings, name: RateName): Spread | null {
  const spreads = RATES[name].flatMap((variant): Spread[] => {
    const { rounds = [], faults = [] } = subjects.get(variant) ?? {};
    const [first, ...others] = rounds.map(({ rowsPerSecond }) => rowsPerSecond);
    return first === undefined || faults.length > 0 ? [] : [spreadOf([first, ...others])];
  });
  const [best = null] = spreads.toSorted((a, b) => b.median - a.median);
  return best;
}

/** How many cores of the machine were at work, servers and consumer included; null where no round has succeeded. */
export function coresUsedBy({ subjects }: Findings, name: SubjectName): number | null {
  const cores = subjects
    .get(name)
    ?.rounds.map(({ rowsPerSecond, machineMsPer1000 }) => (rowsPerSecond * machineMsPer1000) / 1_000_000);
  const [first, ...others] = cores ?? [];
  return first === undefined ? null : spreadOf([first, ...others]).median;
}
