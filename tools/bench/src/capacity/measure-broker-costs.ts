import { listenerOf } from '../processes/listener-of.js';
import { writtenBytes } from '../processes/usage.js';
import { measureRound, type Round } from '../rounds/measure-round.js';
import { type Contestant, settingOf } from '../subjects/subject.js';
import { QueueDrain } from '../servers/queue-drain.js';
import { startPeer } from '../subjects/peer-process.js';
import { DistributionRows } from '../work/distribution-rows.js';
import { type CapacitySetting, type CapacitySize, TARGET_BYTES } from './capacity-setting.js';
import type { Inputs } from './inputs.js';
import { roundedSpread } from '../results/statistics.js';

/**
 * The cost of messages at the broker, where the daemon's own courier puts them and a consumer takes them at once. The
 * first two rounds do not count: they warm up its compiler.
 */
export async function measureBrokerCosts(
  { rows, rounds, messageBytes, batchSize }: CapacitySize,
  { servers, say, signal }: CapacitySetting,
): Promise<Partial<Inputs>> {
  const { pool, broker } = servers;
  const pid = await listenerOf(broker.stompUrl);
  const queue = 'comms.bench.costs';
  const setting = settingOf(servers, { queue, batchSize, schedule: '1s' }, signal);
  const work = new DistributionRows(pool, { method: 'PUSH', messageBytes, targetBytes: TARGET_BYTES });
  const arrivals = await QueueDrain.open(broker, queue);
  try {
    const courier = await startPeer('brokerOnly1000', setting);
    const round = () => measureBroker(courier, pid, { work, arrivals, rows, warmUpRows: 0, signal });
    try {
      for (let warmUp = 0; warmUp < WARM_UPS; warmUp += 1) await round();
      const costs: BrokerCost[] = [];
      while (costs.length < rounds) {
        costs.push(await round());
        say(`brokerCosts: round ${costs.length}/${rounds}`);
      }
      return {
        k: roundedSpread(costs.map(({ cpuMsPer1000 }) => cpuMsPer1000)),
        j: roundedSpread(costs.map(({ bytesPerMessage }) => bytesPerMessage)),
      };
    } finally {
      await courier.stop();
    }
  } finally {
    await arrivals.close();
  }
}

const WARM_UPS = 2;

interface BrokerCost {
  readonly cpuMsPer1000: number;
  readonly bytesPerMessage: number;
}

/** A round of the courier, in which the broker's process is measured. */
async function measureBroker(courier: Contestant, pid: number, round: Round): Promise<BrokerCost> {
  const before = await writtenBytes(pid);
  const { cpuMsPer1000 } = await measureRound({ ...courier, pids: [pid] }, round);
  const bytes = (await writtenBytes(pid)) - before;
  return { cpuMsPer1000: cpuMsPer1000 ?? NaN, bytesPerMessage: bytes / round.rows };
}
