import { describe, expect, it } from '@jest/globals';

import { environmentNames } from './read-environment.js';

describe('environmentNames', () => {
  it('writes every dot and dash as an underscore, and knows the form without dashes', () => {
    expect(environmentNames('comms.sms.monitor.extract.batch-size')).toEqual([
      'COMMS_SMS_MONITOR_EXTRACT_BATCH_SIZE',
      'COMMS_SMS_MONITOR_EXTRACT_BATCHSIZE',
    ]);
  });

  it('has one form for a key without dashes', () => {
    expect(environmentNames('comms.health.port')).toEqual(['COMMS_HEALTH_PORT']);
  });
});
