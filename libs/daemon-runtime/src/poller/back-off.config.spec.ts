import { aConfig, aConfiguration } from '@comms/config/testing';
import { describe, expect, it } from '@jest/globals';
import { BackOffConfig, checkBackOff } from './back-off.config.js';

describe('checkBackOff', () => {
  it('refuses a longest pause below the first', () => {
    const config = aConfig(BackOffConfig, { initialMs: 2_000, maxMs: 1_999 });
    expect(checkBackOff(aConfiguration([config]))).toEqual([
      { key: 'comms.back-off.max', problem: 'is below comms.back-off.initial' },
    ]);
  });

  it('accepts pauses that are all alike, and the defaults', () => {
    const alike = aConfig(BackOffConfig, { initialMs: 2_000, maxMs: 2_000 });
    expect([alike, aConfig(BackOffConfig)].flatMap((each) => checkBackOff(aConfiguration([each])))).toEqual(
      [],
    );
  });
});
