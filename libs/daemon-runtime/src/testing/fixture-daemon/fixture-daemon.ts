import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import { Daemon, type PollReport } from '../../daemon.js';
import { Log } from '../../logging/log.js';
import { IDLE, NO_ROWS } from '../fake-daemon.js';
import { FixtureConfig } from './fixture.config.js';

/** Logs what it is doing, and does what its mode says. */
@Injectable()
export class FixtureDaemon extends Daemon implements OnApplicationBootstrap {
  readonly identity = { type: 'Transmission', category: 'Comms', activity: 'Fixture' };
  readonly schedule = '20ms';
  readonly enabled = true;
  readonly followUp = false;
  readonly batchesInHand = 1;
  readonly parts = [];
  readonly backlog = { count: () => Promise.resolve(NO_ROWS) };

  private said = 0;

  constructor(
    private readonly config: FixtureConfig,
    private readonly log: Log,
  ) {
    super();
    if (config.mode === 'unwired') throw new Error('Hello Ann');
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.mode !== 'slow-start') return;
    this.log.info('connecting');
    await setTimeout(60_000);
  }

  start(): void {
    return;
  }

  async stop(): Promise<void> {
    this.log.info('store closed');
    if (this.config.mode === 'unclosable') await NEVER;
  }

  async poll(): Promise<PollReport> {
    if (!TALKATIVE.includes(this.config.mode)) this.log.info('polled');
    switch (this.config.mode) {
      case 'gated':
        await setTimeout(500);
        return { next: 'more', distributed: 1, retried: 0, failed: 0 };
      case 'hanging':
        return NEVER;
      case 'chatty':
        this.chatter(500);
        return IDLE;
      case 'burst':
        if (this.said === 0) this.chatter(3_000);
        return IDLE;
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

  private chatter(lines: number): void {
    for (const last = this.said + lines; this.said < last; this.said += 1)
      this.log.info('chatter', { n: this.said, filler: 'x'.repeat(200) });
  }
}

const TALKATIVE = ['chatty', 'burst'];

const NEVER = new Promise<never>(() => undefined);
