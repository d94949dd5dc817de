import { sentenceOf } from '@comms/kit';
import { measureAgainst } from '../against/measure-against.js';
import { measureBrokerCosts } from '../capacity/measure-broker-costs.js';
import { measureDatabaseCosts } from '../capacity/measure-database-costs.js';
import { measureNetwork } from '../network/measure-network.js';
import type { BenchOptions } from '../parse-arguments.js';
import type { Extra } from '../parts.js';
import { measureProfile } from '../profile/measure-profile.js';
import type { Findings } from '../results/findings.js';
import type { Servers } from '../servers/open-servers.js';
import { measureBurst } from './measure-burst.js';
import { measureFollowUpCost } from './measure-follow-up-cost.js';
import { measureIdle } from './measure-idle.js';
import { measureLatency } from './measure-latency.js';
import { measurePriority } from './measure-priority.js';
import { measureWakeUpCost } from './measure-wake-up-cost.js';

export interface ExtrasSetting {
  readonly servers: Servers;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What is measured once and apart from the rounds. A failure holds up nothing else. */
export async function runExtras(
  options: BenchOptions,
  setting: ExtrasSetting,
): Promise<Omit<Findings, 'subjects' | 'scale'>> {
  const { parts, rows, rounds, watchSeconds, messageBytes, batchSize, against: release } = options;
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
  const watch = { seconds: watchSeconds, messageBytes };
  const profiled = () => measureProfile({ rows, messageBytes, batchSize }, setting);
  const profile = await measure('profile', profiled, `${rows.toLocaleString('en')} rows`);
  const size = { rows, rounds, messageBytes, batchSize };
  const sizeText = `${rounds} rounds of ${rows.toLocaleString('en')}`;
  const database = await measure('databaseCosts', () => measureDatabaseCosts(size, setting), sizeText);
  const broker = await measure('brokerCosts', () => measureBrokerCosts(size, setting), sizeText);
  const capacity = database === null && broker === null ? null : { ...database, ...broker };
  const compared = () => measureAgainst({ ...size, against: release ?? '' }, setting);
  const against = await measure('against', compared, sizeText);
  const network = await measure('network', () => measureNetwork(options, setting), sizeText);
  const idle = await measure('idle', () => measureIdle(watchSeconds, setting));
  const latency = (from: 'row' | 'target', wakeUp: boolean) => () =>
    measureLatency({ ...watch, from, wakeUp }, setting);
  const latencyMs = await measure('latency', latency('row', false));
  const mergedLatencyMs = await measure('latencyMerged', latency('target', false));
  const { backlogRows } = options;
  const backlogText = `behind ${backlogRows.toLocaleString('en')} rows`;
  const urgent = () => measurePriority({ backlogRows, messageBytes }, setting);
  const priorityLatency = await measure('priority', urgent, backlogText);
  const burst = await measure('burst', () => measureBurst(watch, setting), '5 bursts');
  const followUpCost = await measure('followUpCost', () => measureFollowUpCost(watch, setting));
  const wakeUpCost = await measure('wakeUpCost', () => measureWakeUpCost(watch, setting));
  // The last, for its triggers stay.
  const wokenLatencyMs = await measure('latencyWakeUp', latency('row', true));
  return {
    latencyMs,
    mergedLatencyMs,
    wokenLatencyMs,
    network,
    priorityLatency,
    burst,
    followUpCost,
    idle,
    wakeUpCost,
    profile,
    capacity,
    against,
    faults,
  };
}
