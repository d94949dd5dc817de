import type { Pool } from 'pg';
import { familySeconds } from '../processes/family-seconds.js';
import { listenerOf } from '../processes/listener-of.js';
import type { Servers } from '../servers/open-servers.js';

/** What something took that PostgreSQL did. */
export interface StageCost {
  readonly milliseconds: number;
  /** Processor time of all processes of the server. */
  readonly cpuMs: number;
  readonly walBytes: number;
}

/** Does it, and answers what it took. */
export type MeasureStage = (stage: () => Promise<void>) => Promise<StageCost>;

/** Throws `NOT_AVAILABLE` where the server is not one of this machine. */
export async function stageMeter({ pool, databaseUrl }: Servers): Promise<MeasureStage> {
  const pid = await listenerOf(databaseUrl);
  return async (stage) => {
    const before = { seconds: await familySeconds(pid), position: await walPosition(pool) };
    const start = performance.now();
    await stage();
    const milliseconds = performance.now() - start;
    return {
      milliseconds,
      cpuMs: ((await familySeconds(pid)) - before.seconds) * 1_000,
      walBytes: (await walPosition(pool)) - before.position,
    };
  };
}

async function walPosition(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(`SELECT pg_current_wal_insert_lsn() - '0/0' AS bytes`);
  return Number(rows[0]?.bytes);
}
