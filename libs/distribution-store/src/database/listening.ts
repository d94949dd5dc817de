import { escapeIdentifier, type PoolClient } from 'pg';
import type { StoreError } from '../store-error.js';
import { toStoreError } from './to-store-error.js';
import type { GiveBack } from './transaction.js';

/** A connection that is held to hear the notifications of a channel. */
export class Listening {
  /** Resolves when it hears no more, with the reason. */
  readonly ended: Promise<StoreError>;
  private tellEnded!: (reason: StoreError) => void;
  private over = false;

  constructor(
    private readonly client: PoolClient,
    private readonly giveBack: GiveBack,
  ) {
    this.ended = new Promise((resolve) => {
      this.tellEnded = resolve;
    });
    client.on('error', this.end);
    client.on('end', this.end);
  }

  /** Calls `heard` for each notification that is sent from now on. */
  async to(channel: string, heard: () => void): Promise<void> {
    this.client.on('notification', heard);
    try {
      await this.client.query(`LISTEN ${escapeIdentifier(channel)}`);
    } catch (error) {
      this.end(error);
    }
  }

  /** Closes the connection; nothing to do after the end. */
  readonly end = (reason?: unknown): void => {
    if (this.over) return;
    this.over = true;
    const error = toStoreError(reason ?? CLOSED, 'STORE_CONNECTION_LOST');
    this.tellEnded(error);
    this.giveBack(error);
  };
}

/** As the driver says it. */
const CLOSED = new Error('Connection terminated');
