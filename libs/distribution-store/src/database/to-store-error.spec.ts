import { describe, expect, it } from '@jest/globals';
import { DatabaseError } from 'pg';
import { StoreError } from '../store-error.js';
import { toStoreError } from './to-store-error.js';

const serverError = (code: string, message = 'what the server said') =>
  Object.assign(new DatabaseError(message, 0, 'error'), { code, detail: 'Failing row contains (secret).' });
const systemError = (code: string) => Object.assign(new Error('secret'), { code });

describe('toStoreError', () => {
  it.each([
    ['57P01', 'STORE_CONNECTION_LOST', true],
    ['57P03', 'STORE_UNREACHABLE', true],
    ['25P03', 'STORE_CONNECTION_LOST', true],
    ['25P04', 'STORE_CONNECTION_LOST', true],
    ['08006', 'STORE_CONNECTION_LOST', true],
    ['25006', 'STORE_READ_ONLY', true],
    ['57014', 'STORE_TIMEOUT', true],
    ['55P03', 'STORE_TIMEOUT', true],
    ['40P01', 'STORE_CONFLICT', true],
    ['40001', 'STORE_CONFLICT', true],
    ['53100', 'STORE_OUT_OF_RESOURCES', true],
    ['53300', 'STORE_OUT_OF_RESOURCES', true],
    ['28P01', 'STORE_LOGIN_REFUSED', false],
    ['3D000', 'STORE_LOGIN_REFUSED', false],
    ['42501', 'STORE_RIGHT_MISSING', false],
    ['42P01', 'STORE_SCHEMA', false],
    ['42703', 'STORE_SCHEMA', false],
    ['3F000', 'STORE_SCHEMA', false],
    ['22001', 'STORE_DATA_REFUSED', false],
    ['23505', 'STORE_DATA_REFUSED', false],
    ['XX000', 'STORE_UNEXPECTED', false],
  ])('takes SQLSTATE %s as %s, retryable: %p', (sqlState, code, retryable) => {
    const error = toStoreError(serverError(sqlState), 'STORE_UNREACHABLE');
    expect(error).toMatchObject({ code, sqlState, retryable });
  });

  it('knows what PgBouncer says when it has had no session for too long', () => {
    const error = toStoreError(serverError('08P01', 'query_wait_timeout'), 'STORE_CONNECTION_LOST');
    expect(error).toMatchObject({ code: 'STORE_POOLER_EXHAUSTED', retryable: true });
  });

  it.each(['57P01', '42703', '28P01'])(
    'repeats what the server says of itself or its schema: %s',
    (sqlState) => {
      expect(toStoreError(serverError(sqlState), 'STORE_UNREACHABLE').message).toContain(
        'what the server said',
      );
    },
  );

  it.each(['22P02', '23514', '21000', 'XX000'])('repeats nothing that may quote a row: %s', (sqlState) => {
    const error = toStoreError(serverError(sqlState, 'secret'), 'STORE_UNREACHABLE');
    expect(`${error.message}${JSON.stringify(error)}${String(error.stack)}`).not.toContain('secret');
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT'])(
    'has %s and what it means here',
    (code) => {
      const error = toStoreError(systemError(code), 'STORE_CONNECTION_LOST');
      expect(error).toMatchObject({ code: 'STORE_CONNECTION_LOST', retryable: true });
      expect(error.message).toBe(`The connection to the database was lost (${code}).`);
    },
  );

  it.each([
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION',
  ])('has its own code for trouble with a certificate: %s', (code) => {
    expect(toStoreError(systemError(code), 'STORE_UNREACHABLE')).toMatchObject({ code: 'STORE_TLS' });
  });

  it.each([
    ['Connection terminated unexpectedly', 'STORE_CONNECTION_LOST'],
    ['Client has encountered a connection error and is not queryable', 'STORE_CONNECTION_LOST'],
    ['Query read timeout', 'STORE_CONNECTION_LOST'],
    ['timeout exceeded when trying to connect', 'STORE_POOL_EXHAUSTED'],
    ['The server does not support SSL connections', 'STORE_TLS'],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'STORE_LOGIN_REFUSED'],
    ['something else, which may be secret', 'STORE_UNEXPECTED'],
  ])('knows what the driver means by: %s', (message, code) => {
    const error = toStoreError(new Error(message), 'STORE_CONNECTION_LOST');
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('secret');
  });

  it('leaves an error of the store as it is', () => {
    const error = new StoreError('STORE_CLOSED', 'The store is closed.');
    expect(toStoreError(error, 'STORE_UNREACHABLE')).toBe(error);
  });

  it.each([undefined, null, 'text', 42])('makes a StoreError of %p too', (thrown) => {
    expect(toStoreError(thrown, 'STORE_UNREACHABLE').code).toBe('STORE_UNEXPECTED');
  });
});
