import { setTimeout } from 'node:timers/promises';
import { eventually } from '@comms/kit';
import { ownArtemis, ownClassic, type TestBroker } from '@comms/test-servers';
import type { PriorityLatency } from '../results/findings.js';
import { percentile } from '../results/statistics.js';
import { JVM, type Servers } from '../servers/open-servers.js';
import { QueueDrain } from '../servers/queue-drain.js';
import { startDaemons } from '../subjects/daemons.js';
import { settingOf } from '../subjects/subject.js';
import { DistributionRows } from '../work/distribution-rows.js';
import { insertWaiting } from '../work/insert-rows.js';
import { atRate } from './measure-latency.js';

const SECONDS = 20;
const URGENT_PER_SECOND = 10;
/** The daemon is at its usual rate by then. */
const SETTLE_MS = 5_000;

interface PriorityOptions {
  /** Rows of low priority that wait. */
  readonly backlogRows: number;
  readonly messageBytes: number;
}

interface PrioritySetting {
  readonly servers: Servers;
  readonly signal: AbortSignal;
}

/**
 * The time from the commit of a row of priority 1 to the arrival of its message, while a backlog of priority 3 is worked
 * off. First with a consumer that keeps up, then with consumers of half that rate on brokers that order by priority.
 */
export async function measurePriority(
  options: PriorityOptions,
  setting: PrioritySetting,
): Promise<PriorityLatency[]> {
  const measureOn = (broker: TestBroker, consumerRate?: number) =>
    measureCase({ ...options, broker, consumerRate }, setting);
  const fast = await measureOn(setting.servers.broker);
  const half = fast.rowsPerSecond / 2;
  const latencies = [{ title: 'Classic, the consumer keeps up', ...fast }];
  const slow = [
    {
      title: 'Classic with prioritizedMessages, half the rate',
      own: await ownClassic({ prioritizedMessages: true, jvm: JVM }),
    },
    { title: 'Artemis, half the rate', own: await ownArtemis() },
  ];
  try {
    for (const { title, own } of slow) {
      if (own !== null) latencies.push({ title, ...(await measureOn(own.broker, half)) });
    }
  } finally {
    await Promise.all(slow.flatMap(({ own }) => own?.process.stop() ?? []));
  }
  return latencies;
}

interface PriorityCase extends PriorityOptions {
  readonly broker: TestBroker;
  /** Messages per second at most; undefined for as many as come. */
  readonly consumerRate: number | undefined;
}

async function measureCase(
  { broker, consumerRate, backlogRows, messageBytes }: PriorityCase,
  { servers, signal }: PrioritySetting,
): Promise<Omit<PriorityLatency, 'title'>> {
  const queue = 'comms.bench.priority';
  const rows = new DistributionRows(servers.pool, { method: 'PUSH', messageBytes, priority: 3 });
  await rows.clear();
  const reach = { ...servers.reach, broker };
  const setting = settingOf({ ...servers, reach }, { queue, batchSize: null }, signal);
  const drain = await QueueDrain.open(broker, queue, consumerRate);
  try {
    const arrived = new Map<string, number>();
    drain.onArrival = (id) => arrived.set(id, performance.now());
    const daemon = await startDaemons(setting, { app: 'push-to-handset', replicas: 1 });
    try {
      await rows.fill(backlogRows);
      await setTimeout(SETTLE_MS, undefined, { signal });
      const before = arrived.size;
      const committed = await commitUrgent(servers, messageBytes);
      const rowsPerSecond = (arrived.size - before) / SECONDS;
      const isThere = (id: string) => arrived.has(id);
      const limits = { everyMs: 50, limitMs: 60_000, signal };
      await eventually('all has arrived', () => [...committed.keys()].every(isThere), limits);
      return { rowsPerSecond, ...latencyOf(committed, arrived) };
    } finally {
      await daemon.stop();
    }
  } finally {
    await drain.close();
    await rows.clear();
  }
}

async function commitUrgent({ pool }: Servers, messageBytes: number): Promise<Map<string, number>> {
  const committed = new Map<string, number>();
  const statement = insertWaiting('PUSH', { messageBytes, priority: 1 });
  await atRate(URGENT_PER_SECOND, SECONDS, async () => {
    const { rows } = await pool.query<{ id: string }>(
      `${statement} RETURNING comms_request_target_distribution_id AS id`,
      [1],
    );
    committed.set(rows[0]?.id ?? '', performance.now());
  });
  return committed;
}

function latencyOf(committed: ReadonlyMap<string, number>, arrived: ReadonlyMap<string, number>) {
  const latencies = [...committed].map(([id, commit]) => Math.max(0, (arrived.get(id) ?? NaN) - commit));
  const at = (percent: number) => Math.round(percentile(latencies, percent));
  return { p50: at(50), p99: at(99), max: at(100) };
}
