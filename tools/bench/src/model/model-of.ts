import type { InputName } from '../capacity/inputs.js';
import { ASSUMED, type Example } from './examples.js';

/** The inputs under their names. */
export type InputValues = Readonly<Record<InputName, number>>;

/** What a load needs, by the formulae of docs/scale.md. Sizes are in bytes unless named otherwise. */
export interface Model {
  /** Comms per second. */
  readonly mean: number;
  readonly peak: number;
  readonly replicasToQueues: number;
  readonly replicasToFiles: number;
  readonly replicasOfMonitor: number;
  readonly coresOfDaemons: number;
  readonly sessionsAtWork: number;
  readonly coresOfDatabase: number;
  readonly brokers: number;
  readonly coresOfBrokers: number;
  readonly growthPerDay: number;
  readonly month: number;
  readonly disk: number;
  readonly walPerDay: number;
  readonly walAtPeak: number;
  readonly journalPerDay: number;
  readonly journalAtPeak: number;
  /** What is needed over what one database server has. */
  readonly ofOneServer: { readonly disk: number; readonly wal: number; readonly cores: number };
  readonly shards: number;
}

export function modelOf(inputs: InputValues, example: Example): Model {
  const { r, rf, d, b, c, e, m, q, v, t, g, w, k, j } = inputs;
  const { commsPerDay, distributionDays, targetDays } = example;
  const { F, u } = ASSUMED;
  const mean = commsPerDay / 86_400;
  const peak = mean * F;
  /** How many cores or sessions are needed for work that takes `msPer1000` of one for 1,000 comms. */
  const number = (msPer1000: number) => (peak * msPer1000) / 1e6 / u;
  const needs = {
    coresOfDatabase: number(m + q + v),
    disk: commsPerDay * (t * distributionDays + g * targetDays),
    walAtPeak: peak * w,
  };
  const ofOneServer = shareOfServer(needs);
  return {
    mean,
    peak,
    replicasToQueues: Math.ceil(peak / (r * u)),
    replicasToFiles: Math.ceil(peak / (rf * u)),
    replicasOfMonitor: Math.ceil(number(e)),
    coresOfDaemons: number(d),
    sessionsAtWork: Math.ceil(peak / (c * u) + number(e)),
    brokers: Math.ceil(peak / (b * u)),
    coresOfBrokers: number(k),
    growthPerDay: commsPerDay * (t + g),
    month: commsPerDay * t * DAYS_OF_MONTH,
    walPerDay: commsPerDay * w,
    journalPerDay: commsPerDay * j,
    journalAtPeak: peak * j,
    ...needs,
    ofOneServer,
    shards: Math.ceil(Math.max(...Object.values(ofOneServer))),
  };
}

const DAYS_OF_MONTH = 30.4;

function shareOfServer({
  disk,
  walAtPeak,
  coresOfDatabase,
}: Pick<Model, 'disk' | 'walAtPeak' | 'coresOfDatabase'>): Model['ofOneServer'] {
  const { C, D, L } = ASSUMED;
  return { disk: disk / (D * 1e12), wal: walAtPeak / (L * 1e6), cores: coresOfDatabase / C };
}
