import { describe, expect, it } from '@jest/globals';
import { aConfig, aConfiguration } from '@comms/config/testing';
import { ExtractConfig, RouteConfig } from '@comms/delivery-daemon';
import { TimeExclusionConfig } from '@comms/distribution-store';
import { checkExpiryMode, checkExpiryRoute } from './check-expiry.js';

describe('checkExpiryMode', () => {
  it.each([
    [false, 'send-before', []],
    [false, 'send-after', []],
    [true, 'send-before', []],
    [true, 'send-after', ['can not be true with comms.time-exclusion.mode=send-after']],
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
    [true, 'file', ['can not be true with comms.sms.monitor.extract.to.type=file']],
  ] as const)('with expire-on-queue=%p to a %s finds %p', (expireOnQueue, type, expected) => {
    expect(problems(checkExpiryRoute, expireOnQueue, aConfig(RouteConfig, { type }))).toEqual(expected);
  });
});

function problems(check: typeof checkExpiryMode, expireOnQueue: boolean, beside: object): string[] {
  const prefix = 'comms.sms.monitor';
  const configuration = aConfiguration([aConfig(ExtractConfig, { expireOnQueue }, prefix), beside], prefix);
  return check(configuration).map(({ key, problem }) => {
    expect(key).toBe('comms.sms.monitor.extract.expire-on-queue');
    return problem;
  });
}
