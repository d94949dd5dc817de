import { DatabaseError } from 'pg';
import { STORE_CODES, type StoreErrorCode } from '../store-codes.js';
import { StoreError } from '../store-error.js';

/** Translates an error of the driver. `whenLost` is the code for an error without a connection. */
export function toStoreError(error: unknown, whenLost: StoreErrorCode): StoreError {
  if (error instanceof StoreError) return error;
  if (error instanceof DatabaseError && error.code !== undefined) return fromServer(error, error.code);
  const code = textOf(error, 'code');
  if (CLIENT_ALERT.test(code)) {
    return new StoreError(
      'STORE_TLS_CLIENT_REFUSED',
      `${STORE_CODES.STORE_TLS_CLIENT_REFUSED.meaning} (${code}).`,
    );
  }
  if (TLS_CODE.test(code))
    return new StoreError('STORE_TLS', `The database's certificate was refused (${code}).`);
  if (code !== '') return new StoreError(whenLost, `${STORE_CODES[whenLost].meaning} (${code}).`);
  const message = textOf(error, 'message');
  const known = DRIVER_MESSAGES.find(([pattern]) => pattern.test(message))?.[1] ?? 'STORE_UNEXPECTED';
  return new StoreError(known === 'LOST' ? whenLost : known);
}

function fromServer({ message }: DatabaseError, sqlState: string): StoreError {
  const code = message.startsWith('query_wait_timeout') ? 'STORE_POOLER_EXHAUSTED' : codeOf(sqlState);
  const said = TELLING_CLASSES.includes(sqlState.slice(0, 2)) ? `: ${message}` : '';
  return new StoreError(code, `${STORE_CODES[code].meaning} (SQLSTATE ${sqlState}${said}).`, sqlState);
}

/** SQLSTATE classes whose messages name parts of the schema or the server, and never a value of a row. */
const TELLING_CLASSES = ['08', '25', '28', '3D', '3F', '42', '53', '55', '57', '58'];

function codeOf(sqlState: string): StoreErrorCode {
  return CODES.find(([start]) => sqlState.startsWith(start))?.[1] ?? 'STORE_UNEXPECTED';
}

/** By SQLSTATE or the start of it; the first that fits counts. */
const CODES: readonly (readonly [string, StoreErrorCode])[] = [
  ['25006', 'STORE_READ_ONLY'],
  ['25P03', 'STORE_CONNECTION_LOST'],
  ['25P04', 'STORE_CONNECTION_LOST'],
  ['57014', 'STORE_TIMEOUT'],
  ['55P03', 'STORE_TIMEOUT'],
  ['57P03', 'STORE_UNREACHABLE'],
  ['57P', 'STORE_CONNECTION_LOST'],
  ['08', 'STORE_CONNECTION_LOST'],
  ['28', 'STORE_LOGIN_REFUSED'],
  ['3D000', 'STORE_LOGIN_REFUSED'],
  ['40', 'STORE_CONFLICT'],
  ['42501', 'STORE_RIGHT_MISSING'],
  ['3F', 'STORE_SCHEMA'],
  ['42', 'STORE_SCHEMA'],
  ['53', 'STORE_OUT_OF_RESOURCES'],
  ['22', 'STORE_DATA_REFUSED'],
  ['23', 'STORE_DATA_REFUSED'],
  ['44', 'STORE_DATA_REFUSED'],
  ['P0', 'STORE_DATA_REFUSED'],
];

function textOf(error: unknown, field: 'code' | 'message'): string {
  const value =
    typeof error === 'object' && error !== null
      ? (error as Partial<Record<typeof field, unknown>>)[field]
      : '';
  return typeof value === 'string' ? value : '';
}

/** What the server says of the client certificate; versions of OpenSSL differ in how the names begin. */
const CLIENT_ALERT =
  /_ALERT_(?:CERTIFICATE_\w+|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)$/;

const TLS_CODE = /CERT|_TLS_|_SSL_|UNABLE_TO_|HOSTNAME_MISMATCH/;

/** Messages of the driver itself, which have no code. */
const DRIVER_MESSAGES: readonly (readonly [RegExp, StoreErrorCode | 'LOST'])[] = [
  [/timeout exceeded when trying to connect/, 'STORE_POOL_EXHAUSTED'],
  [/does not support SSL|establishing an SSL/, 'STORE_TLS'],
  [/SASL|SCRAM/, 'STORE_LOGIN_REFUSED'],
  [/connection timeout|timeout expired|read timeout|terminated|not queryable/, 'LOST'],
];
