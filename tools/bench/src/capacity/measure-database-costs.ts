import { propertiesOf } from '../rounds/properties-of.js';
import type { Servers } from '../servers/open-servers.js';
import { startPeer } from '../subjects/peer-process.js';
import type { CapacitySetting, CapacitySize } from './capacity-setting.js';
import { costInputs } from './cost-inputs.js';
import type { Inputs } from './inputs.js';
import { measureStages, type RoundCosts } from './measure-stages.js';
import { sizeInputs } from './size-inputs.js';
import { stageMeter } from './stage-meter.js';
import { stagesOf } from './stages.js';

/** What comms take of PostgreSQL on all their way, without a broker. The first round goes ahead uncounted. */
export async function measureDatabaseCosts(
  { rows: comms, rounds, messageBytes, batchSize }: CapacitySize,
  { servers, say, signal }: CapacitySetting,
): Promise<Partial<Inputs>> {
  const { pool } = servers;
  const measure = await stageMeter(servers);
  await pool.query(`TRUNCATE ${TABLES}`);
  const checkpoint = async () => {
    await pool.query('CHECKPOINT');
  };
  const peers = await startPeers(servers, batchSize, signal);
  const stages = stagesOf({ pool, ...peers }, messageBytes);
  const round = () => measureStages(stages, { comms, measure, checkpoint, signal });
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

async function startPeers(servers: Servers, batchSize: number, signal: AbortSignal) {
  const { folder } = servers;
  const properties = propertiesOf(servers, { queue: 'comms.bench.costs', batchSize, schedule: '1s' });
  const setting = { properties, batchSize, folder, directory: folder, openWireUrl: null, signal };
  const entries = await startPeer('entriesOnly', setting);
  try {
    return { entries, delivery: await startPeer('claimOnly', setting) };
  } catch (error) {
    await entries.stop();
    throw error;
  }
}
