import { buildSystem } from './build-system.js';
import { newRow, type Poison, type Row, type RowContent } from './database/row.js';
import { VirtualFiles } from './disk/virtual-files.js';
import { Director } from './faults/director.js';
import type { FaultKind, Moment } from './faults/fault.js';
import type { System } from './faults/system.js';
import { enter, leave } from './node/virtual-node.js';
import type { PlantedBug } from './planted/planted-bug.js';
import { drawScenario, MAX_MESSAGE_BYTES, type PlannedRow, type Scenario } from './scenario.js';
import { Random } from './world/random.js';
import { type Violation, World } from './world/world.js';

/** The result of one run. */
export interface SeedResult {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly violation: Violation | undefined;
  readonly steps: number;
  /** Virtual milliseconds until all was delivered. */
  readonly drainedMs: number;
  readonly faults: readonly FaultKind[];
  /** Messages beyond the first of their sending. */
  readonly repeats: number;
  /** The same for each run of a seed. */
  readonly hash: string;
  /** The last lines of the trace. */
  readonly tail: readonly string[];
}

/** Runs one seed: the same one always does the same. The code of the product must have been loaded before Node's. */
export async function runSeed(seed: number, bug?: PlantedBug): Promise<SeedResult> {
  const world = new World(new Random(seed));
  const scenario = drawScenario(world.random);
  let notify: (moment: Moment) => void = () => undefined;
  const onMoment = (moment: Moment) => {
    notify(moment);
  };
  const system = buildSystem({ world, scenario, bug, onMoment });
  const director = new Director(system);
  notify = director.moment;
  enter({
    world,
    random: world.random,
    files: new VirtualFiles(system.disk, onMoment),
    connect: ({ host }) => system.network.connect(host),
  });
  try {
    await play(system, director, scenario);
  } finally {
    leave();
  }
  const { violation, steps, now, trace } = world;
  const { repeats } = system.checker;
  const outcome = { violation, steps, repeats, drainedMs: now, hash: trace.hash, tail: trace.tail };
  return { seed, scenario, faults: director.struck, ...outcome };
}

async function play(system: System, director: Director, { rows, faults }: Scenario): Promise<void> {
  const { world } = system;
  for (const row of rows)
    world.after(system.director, row.at, () => {
      insert(system, row);
    });
  director.play(faults);
  await world.run(Infinity, () => director.over);
  const end = world.now;
  await world.run(end + DRAIN_LIMIT_MS, () => isDrained(system));
  if (!isDrained(system)) world.broken('all is delivered once the faults are over', stillOpen(system));
  if (faults.length === 0) judgeFaultless(system);
}

/** Far above all limits, pauses and retries of the daemons. */
const DRAIN_LIMIT_MS = 90_000;

function insert({ database }: System, { id, priority, poison, refuses }: PlannedRow): void {
  const content: RowContent = {
    distributionId: id,
    commsRequestId: `1${id}`,
    commsCode: poison ?? null,
    deliveryMethod: 'PUSH',
    priority,
    target: `handset ${id}`,
    alias: null,
    timeExclusion: null,
    message: textOf(id, poison),
  };
  database.rows.set(id, newRow(content, { poison, refuses }));
}

function textOf(id: string, poison: Poison | undefined): string | null {
  if (poison === 'MISSING') return null;
  return poison === 'TOO_LONG' ? 'x'.repeat(MAX_MESSAGE_BYTES + 1) : `text ${id}`;
}

function isDrained({ database }: System): boolean {
  return [...database.rows.values()].every((row) => isDone(row) || isSetAside(row, database));
}

function isDone({ status, poison, refuses, meddledWith }: Row): boolean {
  const mayFail = poison !== undefined || refuses.length > 0 || meddledWith;
  return status === 'S' || status === 'P' || (status === 'E' && mayFail);
}

function isSetAside({ id, refuses }: Row, { setAside }: System['database']): boolean {
  return refuses.includes('E') && setAside.has(id);
}

function stillOpen({ database }: System): string {
  const open = [...database.rows.values()].filter((row) => !isDone(row) && !isSetAside(row, database));
  return open.map(({ id, status }) => `row ${id} is at ${status}`).join(', ');
}

function judgeFaultless({ world, checker }: System): void {
  const { repeats, marks } = checker;
  if (repeats + marks > 0)
    world.broken(
      'without faults each row is put once, without the duplicate flag',
      `${repeats} repeats, ${marks} marks`,
    );
}
