import type { Clock, Log } from '@comms/daemon-runtime';
import type { Database } from '../database/database.js';
import { StoreError } from '../store-error.js';

interface WakeUpListenerParts {
  readonly database: Database;
  /** What the triggers of sql/wake-up.sql notify. */
  readonly channel: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Wakes a daemon when the database notifies a channel. It holds one connection; when that is lost it takes another, and
 * wakes once for all that it may have missed meanwhile.
 */
export class WakeUpListener {
  private cancelRetry: (() => void) | undefined;
  private stopped = false;

  constructor(private readonly parts: WakeUpListenerParts) {}

  /** As `Service.start`. Calls `wake` for each notification from now on. */
  start(wake: () => void): void {
    if (!this.stopped) void this.listen(wake);
  }

  /** As `Service.stop`; its connection ends with the database. */
  stop(): Promise<void> {
    this.stopped = true;
    this.cancelRetry?.();
    return Promise.resolve();
  }

  private async listen(wake: () => void): Promise<void> {
    const { database, channel, clock, log } = this.parts;
    const reason = await lossOf(database, channel, wake);
    if (this.stopped) return;
    log.warn('wake-up lost', { code: reason.code, text: reason.message });
    this.cancelRetry = clock.after(RETRY_MS, () => void this.listen(wake));
  }
}

/** Meanwhile the daemon looks by its schedule, as it does without notifications. */
const RETRY_MS = 5_000;

/** Listens for as long as the connection lasts, and returns why it has ended. */
async function lossOf(database: Database, channel: string, wake: () => void): Promise<StoreError> {
  try {
    const listening = await database.listen(channel, wake);
    wake();
    return await listening.ended;
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
}
