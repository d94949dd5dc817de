import type { Pool } from 'pg';
import type { Contestant } from '../subjects/contestant.js';
import { insertTargets } from '../work/insert-targets.js';
import { TARGET_BYTES } from './capacity-setting.js';

/** A comm's way through the tables. */
export const STAGE_NAMES = ['target', 'entry', 'delivery', 'vacuum'] as const;

export type StageName = (typeof STAGE_NAMES)[number];

/** What each stage does with the next so many comms. */
export type Stages = Readonly<Record<StageName, (comms: number) => Promise<void>>>;

export interface StageWorkers {
  readonly pool: Pool;
  /** What makes entries, and what claims, announces and records. */
  readonly entries: Contestant;
  readonly delivery: Contestant;
}

export function stagesOf({ pool, entries, delivery }: StageWorkers, messageBytes: number): Stages {
  const insert = insertTargets(messageBytes, TARGET_BYTES);
  return {
    target: async (comms) => {
      for (let put = 0; put < comms; put += ROWS_A_STATEMENT) {
        await pool.query(insert, [Math.min(ROWS_A_STATEMENT, comms - put)]);
      }
    },
    entry: () => toEnd(entries),
    delivery: () => toEnd(delivery),
    vacuum: async () => {
      await pool.query('VACUUM comms_request_target, comms_request_target_distribution');
    },
  };
}

const ROWS_A_STATEMENT = 1_000;

async function toEnd(worker: Contestant): Promise<void> {
  await worker.begin(performance.now());
  await worker.rest();
}
