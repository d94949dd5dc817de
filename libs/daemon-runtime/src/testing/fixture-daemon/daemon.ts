import { Module } from '@nestjs/common';
import {
  BACKLOG_SOURCE,
  DAEMON_JOB,
  type DaemonDefinition,
  HEALTH_CONTRIBUTORS,
  WAKE_UP,
} from '../../index.js';
import { FixtureConfig } from './fixture.config.js';
import { FixtureJob } from './fixture-job.js';

@Module({
  providers: [
    { provide: DAEMON_JOB, useClass: FixtureJob },
    { provide: HEALTH_CONTRIBUTORS, useValue: [] },
    { provide: WAKE_UP, useValue: { start: () => undefined } },
    {
      provide: BACKLOG_SOURCE,
      useValue: {
        count: () =>
          Promise.resolve({
            waiting: 0,
            retrying: 0,
            error: 0,
            lapsed: 0,
            setAside: 0,
            oldestWaitingSeconds: 0,
            setAsideByMethod: {},
          }),
      },
    },
  ],
  exports: [DAEMON_JOB, WAKE_UP, HEALTH_CONTRIBUTORS, BACKLOG_SOURCE],
})
class FixtureModule {}

export const daemon: DaemonDefinition = {
  app: 'fixture-daemon',
  module: FixtureModule,
  sections: [{ type: FixtureConfig }],
  knownKeys: [],
};
