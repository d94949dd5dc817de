import { jest } from '@jest/globals';
import { testClassic } from '@comms/test-servers';
import { describeMainJob } from './main-job.suite.js';

jest.setTimeout(180_000);

describeMainJob(await testClassic());
