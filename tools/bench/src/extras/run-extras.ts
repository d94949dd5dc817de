import { sentenceOf } from '@comms/kit';
import { measureAgainst } from '../against/measure-against.js';
import { measureBrokerCosts } from '../capacity/measure-broker-costs.js';
import { measureDatabaseCosts } from '../capacity/measure-database-costs.js';
import { measureNetwork } from '../network/measure-network.js';
import type { BenchOptions } from '../parse-arguments.js';
import type { Extra } from '../parts.js';
import { measureProfile } from '../profile/measure-profile.js';
import { measureRefused } from '../refused/measure-refused.js';
import { EMPTY_FINDINGS, type Findings } from '../results/findings.js';
import type { Servers } from '../servers/open-servers.js';
import { measureBurst } from './measure-burst.js';
import { measureFollowUpCost } from './measure-follow-up-cost.js';
import { measureIdle } from './measure-idle.js';
import { measureLatency } from './measure-latency.js';
import { measurePriority } from './measure-priority.js';
import { measureStart, STARTS } from './measure-start.js';
import { measureWakeUpCost } from './measure-wake-up-cost.js';

export interface ExtrasSetting {
  readonly servers: Servers;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What is measured once and apart from the rounds. A failure holds up nothing else. */
export async function runExtras(options: BenchOptions, setting: ExtrasSetting): Promise<Findings> {
  let found = EMPTY_FINDINGS;
  for (const { part, size, measure } of measurements(options, setting)) {
    if (!options.parts.includes(part)) continue;
    setting.say(`${part}: ${size}`);
    try {
      const more = await measure();
      const capacity = more.capacity ? { ...found.capacity, ...more.capacity } : found.capacity;
      found = { ...found, ...more, capacity };
    } catch (error) {
      setting.signal.throwIfAborted();
      found = { ...found, faults: [...found.faults, `${part}: ${sentenceOf(error)}`] };
    }
  }
  return found;
}

interface Measurement {
  readonly part: Extra;
  /** How much is measured, for the line of progress. */
  readonly size: string;
  readonly measure: () => Promise<Partial<Findings>>;
}

/** In the order in which they run. */
function measurements(options: BenchOptions, setting: ExtrasSetting): readonly Measurement[] {
  return [...ofWork(options, setting), ...ofTime(options, setting), ...ofLatency(options, setting)];
}

function ofWork(options: BenchOptions, setting: ExtrasSetting): readonly Measurement[] {
  const { rows, rounds } = options;
  const size = `${rounds} rounds of ${rows.toLocaleString('en')}`;
  const against = options.against ?? '';
  return [
    {
      part: 'profile',
      size: `${rows.toLocaleString('en')} rows`,
      measure: async () => ({ profile: await measureProfile(options, setting) }),
    },
    {
      part: 'databaseCosts',
      size,
      measure: async () => ({ capacity: await measureDatabaseCosts(options, setting) }),
    },
    {
      part: 'brokerCosts',
      size,
      measure: async () => ({ capacity: await measureBrokerCosts(options, setting) }),
    },
    {
      part: 'against',
      size,
      measure: async () => ({ against: await measureAgainst({ ...options, against }, setting) }),
    },
    { part: 'refused', size, measure: async () => ({ refused: await measureRefused(options, setting) }) },
    { part: 'network', size, measure: async () => ({ network: await measureNetwork(options, setting) }) },
  ];
}

function ofTime(options: BenchOptions, setting: ExtrasSetting): readonly Measurement[] {
  const { watchSeconds: seconds, messageBytes } = options;
  const size = `${seconds} s`;
  const watch = { seconds, messageBytes };
  return [
    { part: 'idle', size, measure: async () => ({ idle: await measureIdle(seconds, setting) }) },
    {
      part: 'start',
      size: `${STARTS} starts`,
      measure: async () => ({ startMs: await measureStart(options, setting) }),
    },
    {
      part: 'burst',
      size: '5 bursts',
      measure: async () => ({ burst: await measureBurst(options, setting) }),
    },
    {
      part: 'followUpCost',
      size: `10 times ${size}`,
      measure: async () => ({ followUpCost: await measureFollowUpCost(watch, setting) }),
    },
    {
      part: 'wakeUpCost',
      size,
      measure: async () => ({ wakeUpCost: await measureWakeUpCost(watch, setting) }),
    },
  ];
}

function ofLatency(options: BenchOptions, setting: ExtrasSetting): readonly Measurement[] {
  const { watchSeconds: seconds, messageBytes, backlogRows } = options;
  const size = `${seconds} s`;
  const latency = (from: 'row' | 'target', wakeUp: boolean) =>
    measureLatency({ seconds, messageBytes, from, wakeUp }, setting);
  return [
    { part: 'latency', size, measure: async () => ({ latencyMs: await latency('row', false) }) },
    {
      part: 'latencyMerged',
      size,
      measure: async () => ({ mergedLatencyMs: await latency('target', false) }),
    },
    {
      part: 'priority',
      size: `behind ${backlogRows.toLocaleString('en')} rows`,
      measure: async () => ({ priorityLatency: await measurePriority(options, setting) }),
    },
    // The last, for its triggers stay.
    { part: 'latencyWakeUp', size, measure: async () => ({ wokenLatencyMs: await latency('row', true) }) },
  ];
}
