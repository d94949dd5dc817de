import type { JobTables } from './job-work.js';

export const GRAPHILE_WORKER: JobTables = {
  tables: 'graphile_worker._private_jobs',
  insert: (payload) =>
    `SELECT graphile_worker.add_job('publish', ${payload}) FROM generate_series(1, $1::int) AS i`,
  countOpen: 'SELECT count(*) FROM graphile_worker.jobs',
};

export const PG_BOSS: JobTables = {
  tables: 'pgboss.job',
  insert: (payload) =>
    `INSERT INTO pgboss.job (name, data) SELECT 'publish', ${payload} FROM generate_series(1, $1::int) AS i`,
  countOpen: `SELECT count(*) FROM pgboss.job WHERE name = 'publish' AND state <> 'completed'`,
  countDone: `SELECT count(*) FROM pgboss.job WHERE name = 'publish' AND state = 'completed'`,
};

export const TRANSACTIONAL_OUTBOX: JobTables = {
  tables: 'outbox.message',
  insert: (payload) =>
    `INSERT INTO outbox.message (id, aggregate_type, aggregate_id, message_type, concurrency, payload)
     SELECT gen_random_uuid(), 'comm', i::text, 'publish', 'parallel', ${payload}
     FROM generate_series(1, $1::int) AS i`,
  countOpen: 'SELECT count(*) FROM outbox.message WHERE processed_at IS NULL',
  countDone: 'SELECT count(*) FROM outbox.message WHERE processed_at IS NOT NULL',
};
