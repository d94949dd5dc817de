import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDatabaseUrl, SSL_MODES } from './database-url.js';

describe('parseDatabaseUrl', () => {
  it('takes all parts, decoded', () => {
    expect(
      parseDatabaseUrl('postgresql://us%40er:p%2F%23%25w@db.example:6432/com%20ms?sslmode=verify-full'),
    ).toEqual({
      value: {
        host: 'db.example',
        port: 6432,
        user: 'us@er',
        password: 'p/#%w',
        database: 'com ms',
        sslMode: 'verify-full',
      },
    });
  });

  it('knows the defaults: port 5432, no password, no encryption', () => {
    expect(parseDatabaseUrl('postgres://user@db/comms')).toEqual({
      value: {
        host: 'db',
        port: 5432,
        user: 'user',
        password: undefined,
        database: 'comms',
        sslMode: 'disable',
      },
    });
  });

  it.each([
    ['postgres://u@[::1]:5432/d', '::1'],
    ['postgres://u@127.0.0.1/d', '127.0.0.1'],
    ['postgres://u@localhost/d?host=/var/run/postgresql', '/var/run/postgresql'],
  ])('reads the host of %s', (url, host) => {
    expect(parseDatabaseUrl(url)).toMatchObject({ value: { host } });
  });

  it.each(SSL_MODES)('takes sslmode %s', (sslMode) => {
    expect(parseDatabaseUrl(`postgres://u@h/d?sslmode=${sslMode}`)).toMatchObject({ value: { sslMode } });
  });

  it.each([
    ['', 'is not a URL'],
    ['postgres', 'is not a URL'],
    ['postgres://u:p%zz@h/d', 'is not a URL'],
    ['postgres://u:p#x@h:port/d', 'is not a URL'],
    ['http://u@h/d', 'does not start with postgres://'],
    ['postgres://h/d', 'names no user'],
    ['postgres://u@h', 'names no database'],
    ['postgres:///d', 'names no host'],
    ['postgres://u@h/d?sslmode=prefer', 'has an sslmode other than disable, require'],
    ['postgres://u@h/d?sslmode=', 'has an sslmode other than disable, require'],
    ['postgres://u@h/d?sslmode=REQUIRE', 'has an sslmode other than disable, require'],
    ['postgres://u@h/d?sslmode=require&options=-csearch_path', 'has a parameter other than sslmode and host'],
  ])('refuses %p', (url, problem) => {
    expect(parseDatabaseUrl(url)).toMatchObject({ problem: expect.stringContaining(problem) as unknown });
  });

  it('gives back whatever was percent-encoded into it', () => {
    const part = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => /^\P{Surrogate}*$/u.test(text));
    fc.assert(
      fc.property(part, part, part, (user, password, database) => {
        const [u, p, d] = [user, password, database].map(encodeURIComponent);
        expect(parseDatabaseUrl(`postgres://${u}:${p}@host/${d}`)).toMatchObject({
          value: { user, password, database },
        });
      }),
    );
  });
});
