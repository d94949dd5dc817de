import type { BenchOptions } from '../parse-arguments.js';
import type { Extra } from '../parts.js';
import type { Findings } from '../results/findings.js';
import { sentenceOf } from '../sentence-of.js';
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
  { parts, watchSeconds, messageBytes, batchSize }: BenchOptions,
  setting: ExtrasSetting,
): Promise<Pick<Findings, 'latencyMs' | 'wokenLatencyMs' | 'idle' | 'wakeUpCost' | 'faults'>> {
  const faults: string[] = [];
  const measure = async <T>(name: Extra, part: () => Promise<T>): Promise<T | null> => {
    if (!parts.includes(name)) return null;
    setting.say(`${name}: ${watchSeconds} s`);
    try {
      return await part();
    } catch (error) {
      setting.signal.throwIfAborted();
      faults.push(`${name}: ${sentenceOf(error)}`);
      return null;
    }
  };
  const options = { seconds: watchSeconds, messageBytes, batchSize };
  const idle = await measure('idle', () => measureIdle(watchSeconds, setting));
  const latency = (wakeUp: boolean) => () => measureLatency({ ...options, wakeUp }, setting);
  const latencyMs = await measure('latency', latency(false));
  const wakeUpCost = await measure('wakeUpCost', () => measureWakeUpCost(options, setting));
  // The last, for its triggers stay.
  const wokenLatencyMs = await measure('latencyWakeUp', latency(true));
  return { latencyMs, wokenLatencyMs, idle, wakeUpCost, faults };
}
