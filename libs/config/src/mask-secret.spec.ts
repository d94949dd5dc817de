import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { maskSecret, withoutPasswords } from './mask-secret.js';

describe('maskSecret', () => {
  it('shows values that are not secret, and nothing of those that are', () => {
    expect(maskSecret('hunter2', undefined)).toBe('hunter2');
    expect(maskSecret('hunter2', true)).toBe('****');
  });

  it.each([
    [
      'postgres://user:hunter2@host:5432/db?sslmode=require',
      'postgres://user:****@host:5432/db?sslmode=require',
    ],
    ['postgres://user:hun%40ter2@host:5432/db', 'postgres://user:****@host:5432/db'],
    ['postgres://user:hunt@er2@host:5432/db', 'postgres://user:****@host:5432/db'],
    ['postgres://:hunter2@host/db', 'postgres://:****@host/db'],
    ['postgres://host/db?user=u&password=hunter2', 'postgres://host/db?user=u&password=****'],
    ['stomp://a:hunter2@one:61613,stomp+ssl://two:61614', 'stomp://a:****@one:61613,stomp+ssl://two:61614'],
    [
      'stomp://a:1,b@one:61613, stomp://c:hunter2@two:61613',
      'stomp://a:****@one:61613,stomp://c:****@two:61613',
    ],
  ])('masks only the password in %s', (text, masked) => {
    expect(maskSecret(text, 'url-password')).toBe(masked);
  });

  it.each([
    'postgres://user@host:5432/db',
    'postgres:///db?host=/run/postgresql',
    'stomp://one:61613,ws://two:61614/stomp',
  ])('shows %s, which holds no password, unchanged', (text) => {
    expect(maskSecret(text, 'url-password')).toBe(text);
  });

  it.each([
    'hunter2',
    'user:hunter2',
    'user:hunter2@host',
    'postgres:user:hunter2@host/db',
    'host=h password=hunter2',
    'postgres://user:hun/ter2@host/db',
    'postgres://user:12/ter2@host/db',
    'postgres://user:12#ter2@host/db',
    'postgres://user:12?ter2@host/db',
  ])('masks all of %s, which it cannot parse with certainty', (text) => {
    expect(maskSecret(text, 'url-password')).toBe('****');
  });

  it('shows nothing of any password, however it is written', () => {
    const secret = fc.stringMatching(/^[!-~]{0,8}HUNTER2[!-~]{0,8}$/);
    fc.assert(
      fc.property(secret, (password) => {
        expect(maskSecret(`postgres://user:${password}@host:5432/db`, 'url-password')).not.toContain(
          'HUNTER2',
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('withoutPasswords', () => {
  it.each([
    ['postgres://user:${A}@host/db', 'postgres://user@host/db'],
    ['postgres://user:a/b@c@host/db', 'postgres://user@host/db'],
    ['postgres://${A}@host/db', 'postgres://${A}@host/db'],
    ['ws://u:a@b:1,ws://${B}:1,ws://u:c@d:1', 'ws://u@b:1,ws://${B}:1,ws://u@d:1'],
    ['stomp://$(HOST):61613', 'stomp://$(HOST):61613'],
  ])('of %s leaves %s', (text, left) => {
    expect(withoutPasswords(text)).toBe(left);
  });
});
