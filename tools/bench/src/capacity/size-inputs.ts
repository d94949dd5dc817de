import type { Pool } from 'pg';
import { BenchError } from '../bench-error.js';
import type { Inputs } from './inputs.js';
import { roundedSpread } from './rounded-spread.js';

/** Bytes of disk a row, indexes included, once so many comms are delivered. Throws `WRONG_RESULT` where they are not. */
export async function sizeInputs(pool: Pool, comms: number): Promise<Partial<Inputs>> {
  const { rows } = await pool.query<{ sent: string; distribution: string; target: string }>(SIZES);
  const [{ sent, distribution, target }] = rows as [(typeof rows)[number]];
  if (Number(sent) !== comms) throw new BenchError('WRONG_RESULT', `${sent} sent of ${comms} comms`);
  return { t: roundedSpread([Number(distribution) / comms]), g: roundedSpread([Number(target) / comms]) };
}

const SIZES = `SELECT count(*) AS sent,
    pg_total_relation_size('comms_request_target_distribution') AS distribution,
    pg_total_relation_size('comms_request_target') AS target
  FROM comms_request_target_distribution WHERE distribution_status = 'S'`;
