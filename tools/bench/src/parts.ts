import { SCENARIO_NAMES, type ScenarioName } from './scale/scenarios.js';
import { SUBJECT_NAMES, type SubjectName } from './subjects/subjects.js';

/** What is measured besides the rounds. */
const EXTRAS = [
  'latency',
  'latencyMerged',
  'latencyWakeUp',
  'priority',
  'burst',
  'followUpCost',
  'wakeUpCost',
  'refused',
  'idle',
  'start',
] as const;

const PROFILE = ['profile'] as const;

const NETWORK = ['network'] as const;

const CAPACITY = ['databaseCosts', 'brokerCosts'] as const;

const AGAINST = ['against'] as const;

export type Extra =
  | (typeof EXTRAS)[number]
  | (typeof PROFILE)[number]
  | (typeof CAPACITY)[number]
  | (typeof AGAINST)[number]
  | (typeof NETWORK)[number];

export type PartName = SubjectName | Extra | ScenarioName;

/** What a run is made of by default, in the order in which it is shown. */
export const PARTS: readonly PartName[] = [...SUBJECT_NAMES, ...EXTRAS];

/** What a run of `--scale` is made of. */
export const SCALE_PARTS: readonly PartName[] = SCENARIO_NAMES;

/** What a run of `--network` is made of. */
export const NETWORK_PARTS: readonly PartName[] = NETWORK;

/** What a run of `--profile` is made of. */
export const PROFILE_PARTS: readonly PartName[] = PROFILE;

/** What a run of `--against` is made of. */
export const AGAINST_PARTS: readonly PartName[] = AGAINST;

/** What a run of `--capacity` is made of. */
export const CAPACITY_PARTS: readonly PartName[] = CAPACITY;
