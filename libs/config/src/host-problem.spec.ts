import { describe, expect, it } from '@jest/globals';

import { hostProblem } from './host-problem.js';

describe('hostProblem', () => {
  it.each([
    'localhost',
    'broker-1.example',
    'broker.example.',
    'my_broker',
    'bücher.example',
    'XN--BCHER-KVA.example',
    '10.0.0.1',
    '127.1',
    '1.example',
    '::1',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
  ])('finds none in %s', (host) => {
    expect(hostProblem(host)).toBeUndefined();
  });

  it.each([
    ['', 'has no host'],
    ['.', 'has a host with an empty part between its dots'],
    ['a..b', 'has a host with an empty part between its dots'],
    ['.a', 'has a host with an empty part between its dots'],
    ['a..', 'has a host with an empty part between its dots'],
    ['a b', 'has a host with a character that a host name may not have'],
    ['<host>', 'has a host with a character that a host name may not have'],
    ['${HOST}', 'has a host with a character that a host name may not have'],
    ['$(HOST)', 'has a host with a character that a host name may not have'],
    ['{{host}}', 'has a host with a character that a host name may not have'],
    ['db1,db2', 'has a host with a character that a host name may not have'],
    ['a\u200b', 'has a host with a character that a host name may not have'],
    ['a%20b', 'has a host with a character that a host name may not have'],
    ['user@host', 'has a host with a character that a host name may not have'],
    ['256.1.1.1', 'has a host that is not an IPv4 address'],
    [':::', 'has a host that is not an IPv6 address'],
    ['host:1', 'has a host that is not an IPv6 address'],
    [`${'a'.repeat(64)}.example`, 'has a host with a part that is too long'],
    [Array(64).fill('abc').join('.'), 'has a host that is too long'],
  ])('finds one in %j', (host, problem) => {
    expect(hostProblem(host)).toBe(problem);
  });
});
