import type { Pool } from 'pg';
import type { Work } from '../work/work.js';
import type { Contestant } from './contestant.js';
import type { Setting } from './setting.js';

/** One thing that is measured. */
export interface Subject {
  /** Says what it is, in the table. */
  readonly title: string;
  /** Where its messages arrive. */
  readonly to: 'queue' | 'files' | 'nowhere';
  /** Slow subjects get a twentieth of the rows, so that a run ends in time; they get no slower by it. */
  readonly slow?: true;
  work(pool: Pool, messageBytes: number): Work;
  start(setting: Setting): Promise<Contestant>;
}
