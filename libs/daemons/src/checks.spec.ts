import { describe, expect, it } from '@jest/globals';
import { BrokerConfig } from '@comms/activemq';
import { aConfig, aConfiguration } from '@comms/config/testing';
import { DatasourceConfig, TimeExclusionConfig } from '@comms/distribution-store';
import { checkBatchLimits, checkExpiryMode, checkExpiryRoute, checkPoolSize } from './checks.js';
import { ExtractConfig, RouteConfig } from './extract.config.js';

describe('checkBatchLimits', () => {
  it.each([
    [80_001, []],
    [80_000, ['more than 80s']],
    [79_999, ['more than 80s']],
  ])(
    'with an idle limit of %i ms and the defaults of the broker finds %p',
    (idleInTransactionTimeout, expected) => {
      const sections = [aConfig(BrokerConfig), aConfig(DatasourceConfig, { idleInTransactionTimeout })];
      expect(checkBatchLimits(aConfiguration(sections)).map(({ allowed }) => allowed)).toEqual(expected);
    },
  );
});

describe('checkExpiryMode', () => {
  it.each([
    [false, 'send-before', []],
    [false, 'send-after', []],
    [true, 'send-before', []],
    [true, 'send-after', ['cannot be true with comms.time-exclusion.mode=send-after']],
  ] as const)('with expire-on-queue=%p in mode %s finds %p', (expireOnQueue, mode, expected) => {
    expect(problems(checkExpiryMode, expireOnQueue, aConfig(TimeExclusionConfig, { mode }))).toEqual(
      expected,
    );
  });
});

describe('checkExpiryRoute', () => {
  it.each([
    [false, 'queue', []],
    [false, 'file', []],
    [true, 'queue', []],
    [true, 'file', ['cannot be true with comms.sms.monitor.extract.to.type=file']],
  ] as const)('with expire-on-queue=%p to a %s finds %p', (expireOnQueue, type, expected) => {
    expect(problems(checkExpiryRoute, expireOnQueue, aConfig(RouteConfig, { type }))).toEqual(expected);
  });
});

function problems(check: typeof checkExpiryMode, expireOnQueue: boolean, other: object): string[] {
  const prefix = 'comms.sms.monitor';
  const configuration = aConfiguration([aConfig(ExtractConfig, { expireOnQueue }, prefix), other], prefix);
  return check(configuration).map(({ key, problem }) => {
    expect(key).toBe('comms.sms.monitor.extract.expire-on-queue');
    return problem;
  });
}

describe('checkPoolSize', () => {
  it('accepts the defaults, also with a wake-up', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ wakeUp: true })).toEqual([]);
  });

  it.each([
    [6, { batchesInHand: 3 }, []],
    [5, { batchesInHand: 3 }, ['6 or more']],
    [6, { batchesInHand: 3, wakeUp: true }, ['7 or more']],
    [4, { batchesInHand: 1 }, []],
    [10, { batchesInHand: 8 }, ['11 or more']],
  ])('of a pool of %i for %o reports %o', (poolSize, extract, expected) => {
    expect(faults(extract, { poolSize }).map(({ allowed }) => allowed)).toEqual(expected);
  });

  it('names all that needs a connection', () => {
    expect(faults({ wakeUp: true }, { poolSize: 3 })).toEqual([
      {
        key: 'comms.datasource.pool-size',
        problem:
          'is too small for comms.sms.monitor.extract.batches-in-hand=3 and comms.sms.monitor.extract.wake-up=true',
        allowed: '7 or more',
      },
    ]);
  });
});

function faults(extract: Partial<ExtractConfig>, datasource: Partial<DatasourceConfig> = {}) {
  const prefix = 'comms.sms.monitor';
  const sections = [aConfig(ExtractConfig, extract, prefix), aConfig(DatasourceConfig, datasource)];
  return checkPoolSize(aConfiguration(sections, prefix));
}
