import { describe, it, jest } from '@jest/globals';
import { testArtemis } from '@comms/test-servers';
import { describeMainJob } from './main-job.suite.js';

jest.setTimeout(180_000);

const artemis = await testArtemis();

if (artemis === null) {
  describe('the four daemons on ActiveMQ artemis', () => {
    it.skip('needs an ActiveMQ Artemis', () => undefined);
  });
} else describeMainJob(artemis);
