import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, eventually } from '@comms/kit';
import { freePort } from '@comms/test-servers';
import { failureOf, startMeasured, whileAlive } from '../processes/measured-child.js';
import { type Spread, spreadOf } from '../results/statistics.js';
import { measureRound } from '../rounds/measure-round.js';
import type { WorkSize } from '../rounds/measure-subject.js';
import { rotate } from '../rounds/run-rounds.js';
import type { Servers } from '../servers/open-servers.js';
import { startDaemons } from '../subjects/daemons.js';
import { settingOf } from '../subjects/subject.js';
import { DistributionRows } from '../work/distribution-rows.js';
import { REFUSING_BROKER_NAMES, refusingBroker, type RefusingBrokerName } from './refusing-brokers.js';

/** For each scripted broker: rows per second that have become what they must, refused and good ones together. */
export type RefusedRates = Readonly<Record<RefusingBrokerName, Spread>>;

interface RefusedSize extends WorkSize {
  readonly rounds: number;
}

interface RefusedSetting {
  readonly servers: Servers;
  readonly signal: AbortSignal;
}

/** A plain daemon with rows that its broker refuses. The broker is a scripted one in a process of its own. */
export async function measureRefused(size: RefusedSize, setting: RefusedSetting): Promise<RefusedRates> {
  const rates = REFUSING_BROKER_NAMES.map((name) => ({ name, rates: [] as number[] }));
  for (let round = 0; round < size.rounds; round += 1) {
    for (const measured of rotate(rates, round)) {
      setting.signal.throwIfAborted();
      measured.rates.push(await rateWith(measured.name, size, setting));
    }
  }
  const entries = rates.map(({ name, rates: [first = NaN, ...others] }) => [
    name,
    spreadOf([first, ...others]),
  ]);
  return Object.fromEntries(entries) as RefusedRates;
}

const WARM_UP_SHARE = 0.1;

async function rateWith(
  name: RefusingBrokerName,
  { rows: most, messageBytes, batchSize }: WorkSize,
  { servers, signal }: RefusedSetting,
): Promise<number> {
  const { every: refusedEvery, share } = refusingBroker(name);
  const rows = Math.ceil(most * share);
  const port = await freePort();
  const broker = await startBroker(name, port, servers);
  try {
    await untilOpen(broker, signal);
    const { properties, ...rest } = settingOf(
      servers,
      { queue: 'comms.bench.refused', batchSize, schedule: '10ms' },
      signal,
    );
    const setting = {
      ...rest,
      properties: { ...properties, 'comms.broker.url': `stomp://127.0.0.1:${port}` },
    };
    const daemon = await startDaemons(setting, { app: 'push-to-handset', replicas: 1 });
    try {
      const work = new DistributionRows(servers.pool, { method: 'PUSH', messageBytes, refusedEvery });
      const warmUpRows = Math.ceil(rows * WARM_UP_SHARE);
      return (await measureRound(daemon, { work, arrivals: null, rows, warmUpRows, signal })).rowsPerSecond;
    } finally {
      await daemon.stop();
    }
  } finally {
    await broker.stop();
  }
}

const PROGRAM = fileURLToPath(new URL('refusing-broker.main.js', import.meta.url));

function startBroker(name: RefusingBrokerName, port: number, { folder, guard }: Servers): Promise<Child> {
  return startMeasured({
    name: `broker that refuses ${refusingBroker(name).title}`,
    command: process.execPath,
    args: [PROGRAM, String(port), name],
    env: { PATH: process.env['PATH'] },
    logFile: join(folder, 'log'),
    guard,
  });
}

function untilOpen(broker: Child, signal: AbortSignal): Promise<unknown> {
  const isOpen = (both: AbortSignal) =>
    eventually('the broker is open', () => broker.hasSent('open'), { limitMs: 60_000, signal: both });
  return whileAlive(isOpen, failureOf(broker), signal);
}
