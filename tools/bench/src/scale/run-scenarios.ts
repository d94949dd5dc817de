import { sentenceOf } from '@comms/kit';
import type { BenchOptions } from '../parse-arguments.js';
import type { Servers } from '../servers/open-servers.js';
import { measureScenario, type ScenarioResult } from './measure-scenario.js';
import { SCENARIO_NAMES, scenarioOf } from './scenarios.js';

export interface ScaleSetting {
  readonly servers: Servers;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Each scenario that is asked for, once. A failure holds up nothing else. */
export async function runScenarios(
  options: BenchOptions,
  { servers, say, signal }: ScaleSetting,
): Promise<{ readonly scale: readonly ScenarioResult[]; readonly scaleFaults: readonly string[] }> {
  const scale: ScenarioResult[] = [];
  const scaleFaults: string[] = [];
  for (const name of SCENARIO_NAMES.filter((each) => options.parts.includes(each))) {
    const scenario = scenarioOf(name, options);
    say(`${name}: ${scenario.rows.toLocaleString('en')} rows, ${scenario.title}`);
    try {
      scale.push(await measureScenario(scenario, { servers, signal }));
    } catch (error) {
      signal.throwIfAborted();
      scaleFaults.push(`${name}: ${sentenceOf(error)}`);
    }
  }
  return { scale, scaleFaults };
}
