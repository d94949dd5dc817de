import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { measureRound } from '../rounds/measure-round.js';
import { settingOf } from '../subjects/subject.js';
import type { Servers } from '../servers/open-servers.js';
import { QueueDrain } from '../servers/queue-drain.js';
import { startDaemons } from '../subjects/daemons.js';
import { DistributionRows } from '../work/distribution-rows.js';
import { putSentRows } from '../work/insert-rows.js';
import { Pace } from './pace.js';
import type { Scenario } from './scenarios.js';

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly rowsPerSecond: number;
  readonly firstTenth: number;
  readonly lastTenth: number;
  readonly peakRssMb: number | null;
}

/** Lets one plain daemon work through a scenario once. */
export async function measureScenario(
  scenario: Scenario,
  { servers, signal }: { readonly servers: Servers; readonly signal: AbortSignal },
): Promise<ScenarioResult> {
  const { pool, broker } = servers;
  const { rows, messageBytes, batchSize, sentRows = 0 } = scenario;
  const queue = `comms.bench.${randomUUID()}`;
  const work = new DistributionRows(pool, { method: 'PUSH', messageBytes, keepSent: true });
  await work.clear();
  await putSentRows(pool, sentRows, messageBytes);
  const arrivals = await QueueDrain.open(broker, queue);
  const pace = new Pace();
  arrivals.onArrival = () => {
    pace.arrived(performance.now());
  };
  const setting = settingOf(servers, { queue, batchSize, schedule: '10ms' }, signal);
  const letGo = scenario.oldSnapshot === true ? await holdSnapshot(pool) : undefined;
  try {
    const daemon = await startDaemons(setting, { app: 'push-to-handset', replicas: 1 });
    try {
      const result = await measureRound(daemon, { work, arrivals, rows, warmUpRows: 0, signal });
      const { first: firstTenth, last: lastTenth } = pace.tenths;
      return { scenario, ...result, firstTenth, lastTenth };
    } finally {
      await daemon.stop();
    }
  } finally {
    await letGo?.();
    await arrivals.close();
  }
}

/** Returns how to let it go. */
async function holdSnapshot(pool: Pool): Promise<() => Promise<void>> {
  const client = await pool.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await client.query('SELECT count(*) FROM pg_class');
  return async () => {
    await client.query('ROLLBACK');
    client.release();
  };
}
