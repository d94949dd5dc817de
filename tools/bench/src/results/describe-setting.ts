import { availableParallelism, cpus, totalmem } from 'node:os';
import { TARGET_BYTES } from '../capacity/capacity-setting.js';
import type { BenchOptions } from '../parse-arguments.js';
import type { Servers } from '../servers/open-servers.js';
import { CAPACITY_PARTS, NETWORK_PARTS } from '../parts.js';
import { SUBJECT_NAMES } from '../subjects/subjects.js';

/** Lines of what was measured, and where. */
export async function describeSetting(
  { rows, rounds, batchSize, messageBytes, roundTripMs, node, parts }: BenchOptions,
  { pool, broker }: Servers,
): Promise<readonly string[]> {
  const { rows: versions } = await pool.query<{ server_version: string }>('SHOW server_version');
  const memory = Math.round(totalmem() / 1024 ** 3);
  const hasRounds = [...SUBJECT_NAMES, ...NETWORK_PARTS].some((name) => parts.includes(name));
  const hasCosts = CAPACITY_PARTS.some((name) => parts.includes(name));
  const network = roundTripMs === null ? '' : `, a round trip of ${roundTripMs} ms to both servers`;
  const size = `messages of ${count(messageBytes)} bytes, ${batchSize === null ? 'the default sizes' : `batches of ${count(batchSize)}`}${network}`;
  const work = `${count(rounds)} ${rounds === 1 ? 'round' : 'rounds'} of ${count(rows)}`;
  return [
    ...(hasRounds ? [`${work} rows (slow subjects: a twentieth), ${size}`] : []),
    ...(parts.includes('profile') ? [`${count(rows)} rows with Node's profiler, ${size}`] : []),
    ...(hasCosts ? [`${work} comms, targets of ${TARGET_BYTES} bytes, ${size}`] : []),
    `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${memory} GiB, Node.js ${node ?? process.versions.node}, ` +
      `PostgreSQL ${versions[0]?.server_version ?? 'unknown'}, ActiveMQ Classic ${broker.version}`,
  ];
}

function count(value: number): string {
  return value.toLocaleString('en');
}
