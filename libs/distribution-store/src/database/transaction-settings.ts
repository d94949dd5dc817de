import type { DatasourceConfig } from '../configuration/datasource.config.js';

/** All in milliseconds. */
export type TransactionLimits = Pick<
  DatasourceConfig,
  'statementTimeout' | 'lockTimeout' | 'idleInTransactionTimeout'
>;

/**
 * The statements that set up a transaction, sent in one message with its first query. The settings are those of the
 * transaction and not of the session, so that they also hold behind a pooler that shares sessions.
 *
 * The planner may use only an ordered walk of an index: its estimates of a queue are always out of date,
 * and on a wrong one it reads and sorts the whole backlog for each batch.
 */
export function transactionSettings(limits: TransactionLimits): string {
  return [
    `SET LOCAL statement_timeout = ${limits.statementTimeout}`,
    `SET LOCAL lock_timeout = ${limits.lockTimeout}`,
    `SET LOCAL idle_in_transaction_session_timeout = ${limits.idleInTransactionTimeout}`,
    'SET LOCAL enable_seqscan = off',
    'SET LOCAL enable_bitmapscan = off',
    'SET LOCAL enable_sort = off',
    'SET LOCAL jit = off',
  ].join('; ');
}
