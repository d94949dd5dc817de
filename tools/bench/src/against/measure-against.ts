import { randomUUID } from 'node:crypto';
import { builtRelease } from '@comms/daemon-stage';
import { repositoryPath } from '@comms/kit';
import { familySeconds } from '../processes/usage.js';
import { listenerOf } from '../processes/listener-of.js';
import { measureRound } from '../rounds/measure-round.js';
import { type Contestant, settingOf } from '../subjects/subject.js';
import type { WorkSize } from '../rounds/measure-subject.js';
import type { Servers } from '../servers/open-servers.js';
import { QueueDrain } from '../servers/queue-drain.js';
import { startDaemons } from '../subjects/daemons.js';
import { DistributionRows } from '../work/distribution-rows.js';
import { type MedianInterval, medianInterval } from '../results/statistics.js';

export interface AgainstOptions extends WorkSize {
  /** The release. */
  readonly against: string;
  /** Turns of four rounds each: release, present, present, release. */
  readonly rounds: number;
}

export interface AgainstSetting {
  readonly servers: Servers;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What the plain daemon of this build costs, compared with that of a release. */
export interface Against {
  readonly release: string;
  readonly turns: number;
  readonly costs: Readonly<Record<CostName, Comparison>>;
}

/** Medians over the turns; `ratio` is the median of the ratios of all turns. */
interface Comparison {
  readonly release: number;
  readonly present: number;
  readonly ratio: MedianInterval;
}

/** Processor time in milliseconds for 1,000 rows, and bytes of a message as its consumer gets it. */
type Cost = Readonly<Record<CostName, number>>;

const COST_NAMES = ['daemon', 'broker', 'database', 'messageBytes'] as const;
export type CostName = (typeof COST_NAMES)[number];

/** Takes both builds through the same work in turns, so that changes on the machine affect both. */
export async function measureAgainst(options: AgainstOptions, setting: AgainstSetting): Promise<Against> {
  const release = await builtRelease(options.against);
  const measure = await meterOf(options, setting);
  const present = repositoryPath('');
  for (const root of [release, present]) await measure(root);
  const turns: Turn[] = [];
  while (turns.length < options.rounds) {
    const costs = [];
    for (const root of [release, present, present, release]) costs.push(await measure(root));
    const [a, b, c, d] = costs as [Cost, Cost, Cost, Cost];
    turns.push({ release: meanOf(a, d), present: meanOf(b, c) });
    setting.say(`against ${options.against}: turn ${turns.length}/${options.rounds}`);
  }
  return { release: options.against, turns: turns.length, costs: compare(turns) };
}

interface Turn {
  readonly release: Cost;
  readonly present: Cost;
}

/** The same for both. */
const ROWS_PER_BATCH = 1_000;

/** Measures one round of the build in a folder. */
async function meterOf(size: AgainstOptions, { servers, signal }: AgainstSetting) {
  const { pool, broker } = servers;
  const pids = {
    broker: await listenerOf(broker.stompUrl),
    database: await listenerOf(servers.databaseUrl),
  };
  const work = new DistributionRows(pool, { method: 'PUSH', messageBytes: size.messageBytes });
  return async (root: string): Promise<Cost> => {
    const queue = `comms.bench.${randomUUID()}`;
    const setting = settingOf(
      servers,
      { queue, batchSize: size.batchSize ?? ROWS_PER_BATCH, schedule: '10ms' },
      signal,
    );
    const arrivals = await QueueDrain.open(broker, queue);
    try {
      const daemons = await startDaemons(setting, { app: 'push-to-handset', replicas: 1, root });
      const watched = watch(daemons, { daemon: daemons.pids[0] ?? NaN, ...pids });
      try {
        const { rows } = size;
        const warmUpRows = Math.ceil(rows / 10);
        await measureRound(watched.contestant, { work, arrivals, rows, warmUpRows, signal });
        return { ...watched.perThousand(rows), messageBytes: arrivals.bytes / rows };
      } finally {
        await daemons.stop();
      }
    } finally {
      await arrivals.close();
    }
  };
}

type Pids = Readonly<Record<'daemon' | 'broker' | 'database', number>>;

/** A contestant whose servers are measured too, from its start to its end; the last pass counts. */
function watch(contestant: Contestant, pids: Pids) {
  let before: readonly number[] = [];
  let after: readonly number[] = [];
  const read = () => Promise.all([pids.daemon, pids.broker, pids.database].map(familySeconds));
  const watched: Contestant = {
    ...contestant,
    begin: async (committed) => {
      before = await read();
      return contestant.begin(committed);
    },
    rest: async () => {
      after = await read();
      await contestant.rest();
    },
  };
  const perThousand = (rows: number) => {
    const [daemon = NaN, broker = NaN, database = NaN] = after.map(
      (seconds, i) => ((seconds - (before[i] ?? NaN)) * 1_000_000) / rows,
    );
    return { daemon, broker, database };
  };
  return { contestant: watched, perThousand };
}

function meanOf(one: Cost, other: Cost): Cost {
  return costOf((name) => (one[name] + other[name]) / 2);
}

function compare(turns: readonly Turn[]): Against['costs'] {
  return costOf((name) => ({
    release: medianInterval(turns.map(({ release }) => release[name])).median,
    present: medianInterval(turns.map(({ present }) => present[name])).median,
    ratio: medianInterval(turns.map(({ release, present }) => present[name] / release[name])),
  }));
}

function costOf<T>(of: (name: CostName) => T): Readonly<Record<CostName, T>> {
  return Object.fromEntries(COST_NAMES.map((name) => [name, of(name)])) as Record<CostName, T>;
}
