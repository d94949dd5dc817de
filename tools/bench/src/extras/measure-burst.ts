import { setTimeout } from 'node:timers/promises';
import type { Burst } from '../results/findings.js';
import { spreadOf } from '../results/statistics.js';
import { measureRound } from '../rounds/measure-round.js';
import type { Servers } from '../servers/open-servers.js';
import { QueueDrain } from '../servers/queue-drain.js';
import { startDaemons } from '../subjects/daemons.js';
import { settingOf } from '../subjects/subject.js';
import { DistributionRows } from '../work/distribution-rows.js';

const BURST_ROWS = 5_000;
const STEADY_ROWS = 40_000;
const BURSTS = 5;
const IDLE_MS = 3_000;

/** The rate of bursts after idling, each by a daemon of its own, and the steady rate of the same daemons. */
export async function measureBurst(
  { messageBytes }: { readonly messageBytes: number },
  { servers, signal }: { readonly servers: Servers; readonly signal: AbortSignal },
): Promise<Burst> {
  const { pool, broker } = servers;
  const queue = 'comms.bench.burst';
  const work = new DistributionRows(pool, { method: 'PUSH', messageBytes });
  const setting = settingOf(servers, { queue, batchSize: null, schedule: '10ms' }, signal);
  const arrivals = await QueueDrain.open(broker, queue);
  const rates = { burst: [] as number[], steady: [] as number[] };
  try {
    for (let i = 0; i < BURSTS; i += 1) {
      const daemon = await startDaemons(setting, { app: 'push-to-handset', replicas: 1 });
      const rateOf = async (rows: number) => {
        const result = await measureRound(daemon, { work, arrivals, rows, warmUpRows: 0, signal });
        return result.rowsPerSecond;
      };
      try {
        await rateOf(STEADY_ROWS / 10);
        await setTimeout(IDLE_MS, undefined, { signal });
        rates.burst.push(await rateOf(BURST_ROWS));
        rates.steady.push(await rateOf(STEADY_ROWS));
      } finally {
        await daemon.stop();
      }
    }
  } finally {
    await arrivals.close();
  }
  const median = ([first = NaN, ...others]: readonly number[]) =>
    Math.round(spreadOf([first, ...others]).median);
  return { burst: median(rates.burst), steady: median(rates.steady) };
}
