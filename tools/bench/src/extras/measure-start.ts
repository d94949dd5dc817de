import { eventually } from '@comms/kit';
import { failureOf, startMeasured, whileAlive } from '../processes/measured-child.js';
import { usageOf } from '../processes/usage.js';
import type { StartCost } from '../results/findings.js';
import { roundedSpread } from '../results/statistics.js';
import { QueueDrain } from '../servers/queue-drain.js';
import type { Servers } from '../servers/open-servers.js';
import { daemonCommand } from '../subjects/daemons.js';
import { type Setting, settingOf } from '../subjects/subject.js';
import { insertWaiting } from '../work/insert-rows.js';

export const STARTS = 6;

/**
 * What a daemon costs from the start of its process until the message of a row that waits has arrived at a consumer; the
 * medians of six starts, one after the other.
 */
export async function measureStart(
  { messageBytes }: { readonly messageBytes: number },
  { servers, signal }: { readonly servers: Servers; readonly signal: AbortSignal },
): Promise<StartCost> {
  const queue = 'comms.bench.start';
  const setting = settingOf(servers, { queue, batchSize: null }, signal);
  const drain = await QueueDrain.open(servers.broker, queue);
  const starts: StartCost[] = [];
  try {
    while (starts.length < STARTS) {
      await servers.pool.query(insertWaiting('PUSH', { messageBytes }), [1]);
      starts.push(await costOfStart(setting, drain));
    }
  } finally {
    await drain.close();
  }
  const cpu = starts.flatMap((start) => start.cpu ?? []);
  return {
    wall: Math.round(roundedSpread(starts.map(({ wall }) => wall)).median),
    cpu: cpu.length === 0 ? null : Math.round(roundedSpread(cpu).median),
  };
}

async function costOfStart(setting: Setting, drain: QueueDrain): Promise<StartCost> {
  const { command } = await daemonCommand(setting, { app: 'push-to-handset' });
  const startMs = performance.now();
  const child = await startMeasured(command);
  const arrivals: Promise<StartCost>[] = [];
  drain.onArrival = () => arrivals.push(costSince(startMs, child.pid));
  const hasArrived = (signal: AbortSignal) =>
    eventually('the message has arrived', () => arrivals.length > 0, { everyMs: 5, signal });
  try {
    await whileAlive(hasArrived, failureOf(child), setting.signal);
    const [cost = { wall: NaN, cpu: null }] = await Promise.all(arrivals);
    return cost;
  } finally {
    await child.stop();
  }
}

async function costSince(startMs: number, pid: number): Promise<StartCost> {
  const wall = performance.now() - startMs;
  const { cpuSeconds } = await usageOf(pid);
  return { wall, cpu: cpuSeconds === null ? null : cpuSeconds * 1_000 };
}
