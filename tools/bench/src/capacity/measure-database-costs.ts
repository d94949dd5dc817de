import type { Pool } from 'pg';
import { settingOf } from '../subjects/subject.js';
import type { Servers } from '../servers/open-servers.js';
import { startPeer } from '../subjects/peer-process.js';
import type { CapacitySetting, CapacitySize } from './capacity-setting.js';
import type { Inputs } from './inputs.js';
import { costInputs } from './cost-inputs.js';
import { measureSteps, type RoundCosts, stepMeter, stepsOf } from './steps.js';
import { roundedSpread } from '../results/statistics.js';
import { BenchError } from '../bench-error.js';

/** The cost of comms at PostgreSQL, from the target to the record, without a broker. The first round does not count. */
export async function measureDatabaseCosts(
  { rows: comms, rounds, messageBytes, batchSize }: CapacitySize,
  { servers, say, signal }: CapacitySetting,
): Promise<Partial<Inputs>> {
  const { pool } = servers;
  const measure = await stepMeter(servers);
  await pool.query(`TRUNCATE ${TABLES}`);
  const checkpoint = async () => {
    await pool.query('CHECKPOINT');
  };
  const peers = await startPeers(servers, batchSize, signal);
  const steps = stepsOf({ pool, ...peers }, messageBytes);
  const round = () => measureSteps(steps, { comms, measure, checkpoint, signal });
  try {
    await round();
    await pool.query(`ANALYZE ${TABLES}`);
    const costs: RoundCosts[] = [];
    while (costs.length < rounds) {
      costs.push(await round());
      say(`databaseCosts: round ${costs.length}/${rounds}`);
    }
    return { ...costInputs(costs, comms), ...(await sizeInputs(pool, comms * (rounds + 1))) };
  } finally {
    await Promise.all(Object.values(peers).map((peer) => peer.stop()));
    await pool.query(`TRUNCATE ${TABLES}`);
  }
}

const TABLES = 'comms_request_target, comms_request_target_distribution, comms_put_announcement';

async function startPeers(servers: Servers, batchSize: number | null, signal: AbortSignal) {
  const setting = settingOf(servers, { queue: 'comms.bench.costs', batchSize, schedule: '1s' }, signal);
  const entries = await startPeer('entriesOnly', setting);
  try {
    return { entries, delivery: await startPeer('claimOnly', setting) };
  } catch (error) {
    await entries.stop();
    throw error;
  }
}

/** Bytes of disk per row with its indexes, once so many comms are delivered. Throws `WRONG_RESULT` where they are not. */
async function sizeInputs(pool: Pool, comms: number): Promise<Partial<Inputs>> {
  const { rows } = await pool.query<{ sent: string; distribution: string; target: string }>(SIZES);
  const [{ sent, distribution, target }] = rows as [(typeof rows)[number]];
  if (Number(sent) !== comms) throw new BenchError('WRONG_RESULT', `${sent} sent of ${comms} comms`);
  return { t: roundedSpread([Number(distribution) / comms]), g: roundedSpread([Number(target) / comms]) };
}

const SIZES = `SELECT count(*) AS sent,
    pg_total_relation_size('comms_request_target_distribution') AS distribution,
    pg_total_relation_size('comms_request_target') AS target
  FROM comms_request_target_distribution WHERE distribution_status = 'S'`;
