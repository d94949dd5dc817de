/**
 * What went wrong at the database.
 * - `STORE_UNREACHABLE`: no connection could be made.
 * - `STORE_CONNECTION_LOST`: the session ended while it was in use; nothing of its transaction was kept.
 * - `STORE_COMMIT_UNKNOWN`: the session ended during COMMIT; either all of its transaction was kept or nothing.
 * - `STORE_POOL_EXHAUSTED`: all connections of this process are in use.
 * - `STORE_CPU_STARVED`: this process got too little CPU to connect in time.
 * - `STORE_POOLER_EXHAUSTED`: a pooler before the database has no session left for what a batch needs.
 * - `STORE_OUT_OF_RESOURCES`: the server has no connection, memory or disk left.
 * - `STORE_READ_ONLY`: the server takes no writes, as after a fail-over.
 * - `STORE_TIMEOUT`: a statement or a wait for a lock took longer than its limit.
 * - `STORE_CONFLICT`: a deadlock, or another session was faster; the transaction may be repeated.
 * - `STORE_TLS`: the server's certificate was refused, or it offers no TLS.
 * - `STORE_TLS_CLIENT_FILES`: the client certificate or its key can't be used.
 * - `STORE_TLS_CLIENT_REFUSED`: the server refused the client certificate.
 * - `STORE_LOGIN_REFUSED`: user, password or database name were refused.
 * - `STORE_RIGHT_MISSING`: the database user may not do what it must.
 * - `STORE_SCHEMA`: a table or column is missing or is of another kind.
 * - `STORE_DATA_REFUSED`: a constraint, trigger or type refused a value.
 * - `STORE_SET_ASIDE_FULL`: too many rows of the method are set aside.
 * - `STORE_CLAIM_ENDED`: a claim was recorded after its end.
 * - `STORE_CLOSED`: the store was used after it was closed.
 * - `STORE_UNEXPECTED`: anything else.
 */
export type StoreErrorCode = HealingCode | LastingCode;

type HealingCode =
  | 'STORE_UNREACHABLE'
  | 'STORE_CONNECTION_LOST'
  | 'STORE_COMMIT_UNKNOWN'
  | 'STORE_POOL_EXHAUSTED'
  | 'STORE_CPU_STARVED'
  | 'STORE_POOLER_EXHAUSTED'
  | 'STORE_OUT_OF_RESOURCES'
  | 'STORE_READ_ONLY'
  | 'STORE_TIMEOUT'
  | 'STORE_CONFLICT';

type LastingCode =
  | 'STORE_TLS'
  | 'STORE_TLS_CLIENT_FILES'
  | 'STORE_TLS_CLIENT_REFUSED'
  | 'STORE_LOGIN_REFUSED'
  | 'STORE_RIGHT_MISSING'
  | 'STORE_SCHEMA'
  | 'STORE_DATA_REFUSED'
  | 'STORE_SET_ASIDE_FULL'
  | 'STORE_CLAIM_ENDED'
  | 'STORE_CLOSED'
  | 'STORE_UNEXPECTED';

/**
 * Any failure at the database. It has no `cause`, because the driver's errors quote rows, and it never holds a value of
 * one. `sqlState` is PostgreSQL's own code, where there is one.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly code: StoreErrorCode,
    message: string,
    readonly sqlState?: string,
  ) {
    super(message);
  }

  /**
   * Whether certain rows are at fault, as for an error of a constraint or trigger. They are not at fault for an error
   * of the connection, of resources, of an operator, of other sessions, or of a table that cannot be reached.
   */
  get ofRows(): boolean {
    return this.sqlState !== undefined && !CLASSES_OF_NO_ROW.includes(this.sqlState.slice(0, 2));
  }

  /** Whether it heals without a person's help. */
  get retryable(): boolean {
    return (HEALING as readonly string[]).includes(this.code);
  }
}

/**
 * Connection, triggered connection (foreign data), transaction state, login, catalogue, conflicts, resources, limits, locks,
 * operator, system, configuration.
 */
const CLASSES_OF_NO_ROW = ['08', 'HV', '25', '28', '3D', '40', '53', '54', '55', '57', '58', 'F0'];

const HEALING: readonly HealingCode[] = [
  'STORE_UNREACHABLE',
  'STORE_CONNECTION_LOST',
  'STORE_COMMIT_UNKNOWN',
  'STORE_POOL_EXHAUSTED',
  'STORE_CPU_STARVED',
  'STORE_POOLER_EXHAUSTED',
  'STORE_OUT_OF_RESOURCES',
  'STORE_READ_ONLY',
  'STORE_TIMEOUT',
  'STORE_CONFLICT',
];
