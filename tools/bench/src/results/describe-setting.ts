import { availableParallelism, cpus, totalmem } from 'node:os';
import type { BenchOptions } from '../parse-arguments.js';
import type { Servers } from '../servers/open-servers.js';

/** One line of what was measured, and one of where. */
export async function describeSetting(
  { rows, rounds, batchSize, messageBytes }: BenchOptions,
  { pool, broker }: Servers,
): Promise<readonly [work: string, machine: string]> {
  const { rows: answers } = await pool.query<{ server_version: string }>('SHOW server_version');
  const memory = Math.round(totalmem() / 1024 ** 3);
  return [
    `${rounds} rounds of ${count(rows)} rows (slow subjects: a tenth), messages of ${count(messageBytes)} bytes, ` +
      `batches of ${count(batchSize)}`,
    `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${memory} GiB, Node.js ${process.versions.node}, ` +
      `PostgreSQL ${answers[0]?.server_version ?? 'unknown'}, ActiveMQ Classic ${broker.version}`,
  ];
}

function count(value: number): string {
  return value.toLocaleString('en');
}
