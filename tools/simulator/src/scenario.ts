import type { DeliveredStatus, Priority } from '@comms/distribution';
import type { Poison, Row } from './database/row.js';
import { drawFaults } from './faults/draw-faults.js';
import type { Fault } from './faults/fault.js';
import type { Random } from './world/random.js';

/** All that differs between two runs, drawn from the seed before it begins. */
export interface Scenario {
  readonly destination: 'classic' | 'artemis' | 'files';
  readonly brokers: number;
  readonly replicas: number;
  readonly batchSize: number;
  readonly transactionMaxBytes: number;
  readonly deliveredStatus: DeliveredStatus;
  readonly rows: readonly PlannedRow[];
  readonly faults: readonly Fault[];
}

export interface PlannedRow {
  readonly id: string;
  readonly priority: Priority;
  readonly poison: Poison | undefined;
  readonly refuses: Row['refuses'];
  /** When upstream puts it in, in milliseconds of virtual time. */
  readonly at: number;
}

export function drawScenario(random: Random): Scenario {
  const destination = random.pick(DESTINATIONS);
  const faults = drawFaults(random, destination === 'files' ? 'files' : 'queue');
  return {
    destination,
    faults,
    brokers: random.int(1, 2),
    replicas: random.int(1, 3),
    batchSize: random.pick([1, 2, 3, 5, 10, 20]),
    transactionMaxBytes: random.pick([4_000, 9_000, 524_288]),
    deliveredStatus: random.pick<DeliveredStatus>(['S', 'P']),
    rows: drawRows(random, faults.length > 0),
  };
}

/** Rows come in bursts, so that batches are in hand when faults strike. */
function drawRows(random: Random, maySuffer: boolean): PlannedRow[] {
  const poisonous = maySuffer && random.chance(0.5);
  const refusing = random.chance(0.3);
  const bursts = Array.from({ length: random.int(2, 6) }, (_, i) =>
    i === 0 ? 0 : random.between(0, 10_000),
  );
  return bursts.flatMap((at, burst) =>
    Array.from({ length: random.int(1, 10) }, (_, i) => ({
      id: String(burst * 100 + i + 1),
      priority: random.pick<Priority>([1, 2, 2, 3]),
      poison: poisonous && random.chance(0.12) ? random.pick(POISONS) : undefined,
      refuses: refusing && random.chance(0.12) ? random.pick(REFUSALS) : [],
      at,
    })),
  );
}

const DESTINATIONS = ['classic', 'classic', 'classic', 'artemis', 'artemis', 'artemis', 'files'] as const;
/** What a trigger may refuse: that the row was delivered, or any change. */
const REFUSALS: readonly [Row['refuses'], Row['refuses']] = [
  ['S', 'P'],
  ['S', 'P', 'R', 'E'],
];

/** Of one text, for a claim. */
export const MAX_MESSAGE_BYTES = 100;

const POISONS = [
  'MISSING',
  'TOO_LONG',
  'REFUSED',
  'REFUSED',
  'TOO_LARGE',
  'NAMELESS',
  'ENDS',
  'SILENT',
] as const;
