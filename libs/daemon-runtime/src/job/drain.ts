import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Log } from '../logging/log.js';
import { ShutdownConfig } from '../process/shutdown.config.js';
import { DaemonLoop } from './daemon-loop.js';

/**
 * Lets the batch in hand end before anything is closed. What a batch needs must therefore stay open until
 * `onApplicationShutdown`.
 */
@Injectable()
export class Drain implements BeforeApplicationShutdown {
  constructor(
    private readonly loop: DaemonLoop,
    private readonly config: ShutdownConfig,
    private readonly log: Log,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    const { drainLimitMs } = this.config;
    const ended = await this.loop.stopWithin(drainLimitMs);
    if (!ended) this.log.warn('batch given up', { drainLimitMs });
  }
}
