import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { userInfo } from 'node:os';
import { parseDatabaseUrl } from './database-url.js';

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
    ['postgres://u@[fe80::1]/d', 'fe80::1'],
    ['postgres://u@db_1.example./d', 'db_1.example.'],
    ['postgres://u@b%C3%BCcher.example/d', 'bücher.example'],
    ['postgres://u@localhost/d?host=/var/run/postgresql', '/var/run/postgresql'],
    ['postgres://u@/d?host=/var/run/postgresql', '/var/run/postgresql'],
    ['postgres://u:p@:5433/d?host=/var/run/postgresql', '/var/run/postgresql'],
    ['postgresql:///d?host=/var/run/postgresql', '/var/run/postgresql'],
    ['postgres://u@/d?host=%2Fvar%2Frun%2Fpostgresql', '/var/run/postgresql'],
    ['postgres://u@%2Fvar%2Frun%2Fpostgresql/d', '/var/run/postgresql'],
    ['postgres://u@/d?host=::1', '::1'],
    ['postgres://u@other/d?host=db.example', 'db.example'],
  ])('reads the host of %s', (url, host) => {
    expect(parseDatabaseUrl(url)).toMatchObject({ value: { host } });
  });

  it.each([
    ['postgres://u@:5433/d?host=/run', 5433],
    ['postgres://u@h:1/d', 1],
    ['postgres://u@h:65535/d', 65_535],
    ['postgres://u@h:/d', 5432],
    ['postgres://u@[::1]:7/d', 7],
  ])('reads the port of %s', (url, port) => {
    expect(parseDatabaseUrl(url)).toMatchObject({ value: { port } });
  });

  it('takes the user of this process for a Unix socket without a user', () => {
    const { username } = userInfo();
    expect(parseDatabaseUrl('postgresql:///d?host=/run')).toMatchObject({ value: { user: username } });
  });

  it.each(['disable', 'require', 'verify-ca', 'verify-full', 'no-verify'])('takes sslmode %s', (sslMode) => {
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
    ['postgres:///d', 'names no'],
    ['postgres://u@/d', 'names no host'],
    ['postgres://u@:5432/d', 'names no host'],
    ['postgres://u@h/d?host=', 'names no host'],
    ['postgres:///d?host=db.example', 'names no user'],
    ['postgres://u:p/x@h/d', 'is not a URL'],
    ['postgres://u:p,a/x@h/d', 'is not a URL'],
    ['postgres://u:p<a?x@h/d', 'is not a URL'],
    ['postgres://u:p@db1,db2/d', 'names several hosts'],
    ['postgres://u:p@db1:5432,db2:5432/d', 'names several hosts'],
    ['postgres://u@/d?host=db1,db2', 'names several hosts'],
    ['postgres://u@/d?host=/run,/tmp', 'names several hosts'],
    ['postgres://u@<host>/d', 'a placeholder was not filled in'],
    ['postgres://u@${DB_HOST}/d', 'a placeholder was not filled in'],
    ['postgres://u@${DB_HOST}:${DB_PORT}/d', 'a placeholder was not filled in'],
    ['postgres://u@h:${DB_PORT}/d', 'a placeholder was not filled in'],
    ['postgres://u@h:<port>/d', 'a placeholder was not filled in'],
    ['postgres://u@$(DB_HOST):5432/d', 'a placeholder was not filled in'],
    ['postgres://u@{{host}}/d', 'a placeholder was not filled in'],
    ['postgres://u@/d?host=${DB_HOST}', 'a placeholder was not filled in'],
    ['postgres://u@a..b/d', 'has a host with an empty part between its dots'],
    ['postgres://u@a b/d', 'is not a URL'],
    ['postgres://u@a%20b/d', 'has a host with a character that a host name may not have'],
    ['postgres://u@/d?host=a..b', 'has a host with an empty part between its dots'],
    ['postgres://u@/d?host=@abstract', 'has a host with a character that a host name may not have'],
    ['postgres://u@256.1.1.1/d', 'has a host that is not an IPv4 address'],
    ['postgres://u@h:0/d', 'has a port that is not a number from 1 to 65535'],
    ['postgres://u@h:65536/d', 'has a port that is not a number from 1 to 65535'],
    ['postgres://u@h:x/d', 'has a port that is not a number from 1 to 65535'],
    ['postgres://u@h/d?sslmode=disable&sslmode=verify-full', 'has the parameter sslmode more than once'],
    ['postgres://u@h/d?sslmode=require&sslmode=require', 'has the parameter sslmode more than once'],
    ['postgres://u@/d?host=/a&host=/b', 'has the parameter host more than once'],
    ['postgres://u@/d?host=/run&sslmode=require', 'asks for encryption, which a Unix socket does not have'],
    ['postgres://u@h/d?sslmode=prefer', 'has an sslmode other than disable, require'],
    ['postgres://u@h/d?sslmode=', 'has an sslmode other than disable, require'],
    ['postgres://u@h/d?sslmode=REQUIRE', 'has an sslmode other than disable, require'],
    ['postgres://u@h/d?sslmode=require&options=-csearch_path', 'has a parameter other than sslmode and host'],
  ])('refuses %p', (url, problem) => {
    expect(parseDatabaseUrl(url)).toMatchObject({ problem: expect.stringContaining(problem) as unknown });
  });

  it('never quotes what it refuses', () => {
    const secret = 'hunter2';
    for (const url of [
      `postgres://u:${secret}@h:${secret}/d`,
      `postgres://u:p@${secret},x/d`,
      `postgres://u:p@<${secret}>/d`,
      `postgres://u:${secret}@h/d?${secret}=1`,
      `postgres://u:${secret}@${secret}..x/d`,
      `postgres://u:${secret}/@h/d`,
      `postgres://u:${secret}@h/d?sslmode=${secret}`,
    ]) {
      const parsed = parseDatabaseUrl(url);
      expect(parsed).toHaveProperty('problem');
      expect(JSON.stringify(parsed)).not.toContain(secret);
    }
  });

  it('gives back whatever was percent-encoded into it', () => {
    const part = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => /^\P{Surrogate}*$/u.test(text));
    // A URL drops the path segments `.` and `..`, percent-encoded or not.
    const name = part.filter((text) => text !== '.' && text !== '..');
    fc.assert(
      fc.property(part, part, name, (user, password, database) => {
        const [u, p, d] = [user, password, database].map(encodeURIComponent);
        expect(parseDatabaseUrl(`postgres://${u}:${p}@host/${d}`)).toMatchObject({
          value: { user, password, database },
        });
      }),
    );
  });
});
