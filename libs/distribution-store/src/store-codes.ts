import { MOST_SET_ASIDE } from '@comms/delivery';

/**
 * What went wrong at the database. Codes are stable; sentences may change. Each has a `meaning`, which is also the message of a
 * `StoreError`: a sentence without its full stop, in plain text. Each has a `remedy`, in Markdown with links from docs/.
 */
export type StoreErrorCode = keyof typeof STORE_CODES;

const RESPONDS = 'whether PostgreSQL runs and responds; network; a fail-over';

/** These heal without a person. */
export const STORE_HEALING_CODES = {
  STORE_UNREACHABLE: { meaning: 'The database cannot be reached', remedy: RESPONDS },
  STORE_CONNECTION_LOST: { meaning: 'The connection to the database was lost', remedy: RESPONDS },
  STORE_COMMIT_UNKNOWN: {
    meaning: 'The connection to the database was lost during a commit',
    remedy: 'nothing: if the commit was lost, the rows of that batch go again, with the duplicate flag',
  },
  STORE_READ_ONLY: {
    meaning: 'The database takes no writes',
    remedy: 'the address is that of a standby: after a fail-over, the old primary',
  },
  STORE_OUT_OF_RESOURCES: {
    meaning: 'The database has no connection, memory or disk left',
    remedy: '`max_connections` (each daemon takes up to `comms.datasource.pool-size`), disk, memory',
  },
  STORE_POOL_EXHAUSTED: {
    meaning: 'All connections of this process are in use',
    remedy:
      'whether statements hang; else `comms.datasource.pool-size`: it is too small for what the daemon does',
  },
  STORE_CPU_STARVED: {
    meaning: 'This process got too little CPU to connect in time',
    remedy: "CPU, not the pool: `comms_event_loop_lag_seconds`, the pod's limit, other load of the machine",
  },
  STORE_POOLER_EXHAUSTED: {
    meaning: 'The pooler before the database has no session left',
    remedy: '[behind a pooler](operations.md#behind-a-pooler)',
  },
  STORE_TIMEOUT: {
    meaning: 'A statement or a wait for a lock took longer than its limit',
    remedy: '[sessions that hold rows](operations.md#rows-stay-at-d); missing indexes or statistics; load',
  },
  STORE_CONFLICT: {
    meaning: 'There was a deadlock, or another session was faster',
    remedy: 'nothing, if rare: it is tried again; else who else updates these rows, and in which order',
  },
} as const;

const CLIENT_CERTIFICATE = '[client certificates](operations.md#client-certificates)';
const MIGRATED =
  '`npm run db:migrate` has not been run, or a view does not fit; the text names table and column';

/** These last until a person does something. */
export const STORE_LASTING_CODES = {
  STORE_LOGIN_REFUSED: {
    meaning: 'The database refused the login',
    remedy: `user, password and database in the URL; where the server asks for one, ${CLIENT_CERTIFICATE}`,
  },
  STORE_TLS: {
    meaning: 'The connection could not be encrypted as required',
    remedy: "`sslmode`; the server's certificate; `comms.datasource.tls.ca-file`",
  },
  STORE_TLS_CLIENT_FILES: {
    meaning: 'The client certificate cannot be used',
    remedy: `the text names the property and what is wrong; ${CLIENT_CERTIFICATE}`,
  },
  STORE_TLS_CLIENT_REFUSED: {
    meaning: 'The database refused the client certificate',
    remedy:
      "its authority and its end of validity; the server's `ssl_ca_file`; `comms.datasource.tls.cert-file`",
  },
  STORE_SCHEMA: { meaning: "The database's schema does not fit", remedy: MIGRATED },
  STORE_RIGHT_MISSING: {
    meaning: 'A right is missing in the database',
    remedy: '`libs/distribution-store/sql/roles.sql` has the grants; the text names the right',
  },
  STORE_DATA_REFUSED: {
    meaning: 'A constraint, trigger or type refused a value',
    remedy: 'constraints and triggers that were added to the tables',
  },
  STORE_SET_ASIDE_FULL: {
    meaning: `${MOST_SET_ASIDE.toLocaleString('en')} rows of the method are set aside, and nothing more of it is put`,
    remedy: '[rows set aside](operations.md#rows-set-aside): the fault is in nearly every row',
  },
  STORE_UNEXPECTED: {
    meaning: 'The database failed in an unexpected way',
    remedy: "PostgreSQL's log at that time; the text has its own code, the SQLSTATE",
  },
} as const;

/** Tables that do not fit the entities, as the health check finds them before a statement fails. */
export const STORE_SCHEMA_CODES = {
  STORE_TABLE_MISSING: { meaning: 'A table is missing', remedy: MIGRATED },
  STORE_COLUMN_MISSING: { meaning: 'A column is missing', remedy: MIGRATED },
  STORE_COLUMN_TYPE: { meaning: 'A column is of another type, or too short', remedy: MIGRATED },
} as const;

/** What the program itself did wrong, unless it is just ending. */
export const STORE_DEFECT_CODES = {
  STORE_CLOSED: { meaning: 'The store was used after it was closed' },
  STORE_CLAIM_ENDED: { meaning: 'The transaction was used after its end' },
} as const;

export const STORE_CODES = { ...STORE_HEALING_CODES, ...STORE_LASTING_CODES, ...STORE_DEFECT_CODES };
