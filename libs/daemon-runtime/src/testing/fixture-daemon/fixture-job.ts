import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import type { DaemonJob, PollReport } from '../../job/daemon-job.js';
import { Log } from '../../logging/log.js';
import { FixtureConfig } from './fixture.config.js';

/** Tells in the log what it is doing, and does what its mode says. */
@Injectable()
export class FixtureJob implements DaemonJob, OnApplicationBootstrap, OnApplicationShutdown {
  readonly identity = { type: 'Transmission', category: 'Comms', activity: 'Fixture' };
  readonly schedule = '20ms';
  readonly enabled = true;
  readonly batchesInHand = 1;
  readonly wakeUp = false;

  constructor(
    private readonly config: FixtureConfig,
    private readonly log: Log,
  ) {
    if (config.mode === 'unwired') throw new Error('Hello Ann');
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.mode !== 'slow-start') return;
    this.log.info('connecting');
    await setTimeout(60_000);
  }

  async onApplicationShutdown(): Promise<void> {
    this.log.info('store closed');
    if (this.config.mode === 'unclosable') await NEVER;
  }

  async poll(): Promise<PollReport> {
    this.log.info('polled');
    switch (this.config.mode) {
      case 'gated':
        await setTimeout(500);
        return { next: 'more', distributed: 1, retried: 0, failed: 0 };
      case 'hanging':
        return NEVER;
      case 'rejecting':
        void Promise.reject(new Error('Hello Ann'));
        return IDLE;
      case 'throwing':
        process.nextTick(() => {
          throw new Error('Hello Ann');
        });
        return IDLE;
      default:
        return IDLE;
    }
  }
}

const IDLE: PollReport = { next: 'idle', distributed: 0, retried: 0, failed: 0 };
const NEVER = new Promise<never>(() => undefined);
