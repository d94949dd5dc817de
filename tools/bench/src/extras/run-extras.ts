import { sentenceOf } from '@comms/kit';
import { measureAgainst } from '../against/measure-against.js';
import { measureBrokerCosts } from '../capacity/measure-broker-costs.js';
import { measureDatabaseCosts } from '../capacity/measure-database-costs.js';
import type { BenchOptions } from '../parse-arguments.js';
import type { Extra } from '../parts.js';
import { measureProfile } from '../profile/measure-profile.js';
import { measureRefused } from '../refused/measure-refused.js';
import type { Findings } from '../results/findings.js';
import type { Servers } from '../servers/open-servers.js';
import { measureIdle } from './measure-idle.js';
import { measureLatency } from './measure-latency.js';
import { measureWakeUpCost } from './measure-wake-up-cost.js';

export interface ExtrasSetting {
  readonly servers: Servers;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What is measured once and apart from the rounds. A failure holds up nothing else. */
export async function runExtras(
  { parts, rows, rounds, watchSeconds, messageBytes, batchSize, against: release }: BenchOptions,
  setting: ExtrasSetting,
): Promise<Omit<Findings, 'subjects' | 'scale'>> {
  const faults: string[] = [];
  const measure = async <T>(
    name: Extra,
    part: () => Promise<T>,
    size = `${watchSeconds} s`,
  ): Promise<T | null> => {
    if (!parts.includes(name)) return null;
    setting.say(`${name}: ${size}`);
    try {
      return await part();
    } catch (error) {
      setting.signal.throwIfAborted();
      faults.push(`${name}: ${sentenceOf(error)}`);
      return null;
    }
  };
  const options = { seconds: watchSeconds, messageBytes, batchSize };
  const profiled = () => measureProfile({ rows, messageBytes, batchSize }, setting);
  const profile = await measure('profile', profiled, `${rows.toLocaleString('en')} rows`);
  const size = { rows, rounds, messageBytes, batchSize };
  const sizeText = `${rounds} rounds of ${rows.toLocaleString('en')}`;
  const database = await measure('databaseCosts', () => measureDatabaseCosts(size, setting), sizeText);
  const broker = await measure('brokerCosts', () => measureBrokerCosts(size, setting), sizeText);
  const capacity = database === null && broker === null ? null : { ...database, ...broker };
  const compared = () => measureAgainst({ ...size, against: release ?? '' }, setting);
  const against = await measure('against', compared, sizeText);
  const refused = await measure('refused', () => measureRefused(size, setting), sizeText);
  const idle = await measure('idle', () => measureIdle(watchSeconds, setting));
  const latency = (wakeUp: boolean) => () => measureLatency({ ...options, wakeUp }, setting);
  const latencyMs = await measure('latency', latency(false));
  const wakeUpCost = await measure('wakeUpCost', () => measureWakeUpCost(options, setting));
  // The last, for its triggers stay.
  const wokenLatencyMs = await measure('latencyWakeUp', latency(true));
  return { latencyMs, wokenLatencyMs, idle, wakeUpCost, refused, profile, capacity, against, faults };
}
