import type { Random } from '../world/random.js';
import { FAULT_KINDS, type Fault, type FaultKind, MOMENTS, type Moment } from './fault.js';

/** The faults of a run: none in one of ten. */
export function drawFaults(random: Random, destination: 'queue' | 'files'): Fault[] {
  if (random.chance(0.1)) return [];
  const kinds = kindsFor(destination);
  const faults: Fault[] = [];
  for (let left = random.int(1, 8); left > 0; left--) {
    const fault = drawFault(random, kinds);
    const before = faults.at(-1);
    const together = before !== undefined && random.chance(0.3);
    faults.push(together ? { ...fault, at: before.at, moment: before.moment } : fault);
  }
  return onlyOneNamelessError(faults);
}

/** Until when faults begin, in milliseconds of virtual time. */
export const FAULTS_BEGIN_UNTIL_MS = 12_000;

type Kinds = readonly [FaultKind, ...FaultKind[]];

function kindsFor(destination: 'queue' | 'files'): Kinds {
  const { daemon, broker, database, disk, row, clock } = FAULT_KINDS;
  const behind = destination === 'queue' ? broker : disk;
  return [...daemon, ...behind, ...behind, ...database, ...row, ...clock];
}

/** Two of them may meet the same row while it is sent alone. The daemon then rightly blames the row. */
function onlyOneNamelessError(faults: readonly Fault[]): Fault[] {
  const first = faults.findIndex(({ kind }) => kind === 'broker ERROR without name');
  return faults.filter(({ kind }, i) => kind !== 'broker ERROR without name' || i === first);
}

function drawFault(random: Random, kinds: Kinds): Fault {
  const kind = random.pick(kinds);
  return {
    kind,
    at: random.between(0, FAULTS_BEGIN_UNTIL_MS - 1_000),
    moment: momentFor(kind, random),
    delayMs: random.chance(0.3) ? 0 : random.between(0, 3),
    lengthMs: random.chance(0.5) ? random.between(50, 1_500) : random.between(1_500, 9_000),
    choice: random.next(),
  };
}

/** Most wait for a step of a delivery. A fault that changes rows in hand waits until there are some. */
function momentFor(kind: FaultKind, random: Random): Moment | undefined {
  if (kind === 'meddle') return random.pick<Moment>(['claimed', 'announced', 'send', 'written']);
  return random.chance(0.7) ? random.pick<Moment>(MOMENTS) : undefined;
}
