import { RefusalCap } from './refusal-cap.js';

/** The size of a transaction, counted as ActiveMQ Classic counts what it holds in memory. */
export interface TransactionSize {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * How large a transaction may be. A transaction that is larger than the broker's memory for the queue blocks or is
 * refused. The cap is halved after a transaction was not confirmed for want of room or of an answer, and a single message then was. It is doubled after many
 * confirmed transactions in a row. Refused messages have a cap of their own.
 */
export class TransactionCap {
  private limit: TransactionSize;
  /** The size of the last transaction that was not confirmed for want of room or of an answer, until something is confirmed. */
  private unconfirmed: TransactionSize | undefined;
  private confirmedInARow = 0;
  private readonly refusals = new RefusalCap();

  constructor(private readonly maxBytes: number) {
    this.limit = { rows: MAX_ROWS, bytes: maxBytes };
  }

  get size(): TransactionSize {
    return { rows: Math.min(this.limit.rows, this.refusals.rows), bytes: this.limit.bytes };
  }

  /** Whether each message is to go by itself, because those before it were refused. */
  get isOneByOne(): boolean {
    return this.refusals.rows === 1;
  }

  /** Whether the last transaction was not confirmed for want of room or of an answer, and nothing was confirmed since. */
  get isInDoubt(): boolean {
    return this.unconfirmed !== undefined;
  }

  /** How many messages may be under way at once, each by itself. */
  get singlesAtOnce(): number {
    return this.refusals.singlesAtOnce;
  }

  /** Call it after a transaction was confirmed. */
  transactionConfirmed(rows: number): void {
    this.refusals.transactionConfirmed(rows);
    this.unconfirmed = undefined;
    this.confirmedInARow += 1;
    if (this.confirmedInARow < CONFIRMED_BEFORE_GROWTH) return;
    this.confirmedInARow = 0;
    const { limit } = this;
    this.limit = {
      rows: Math.min(MAX_ROWS, limit.rows * 2),
      bytes: Math.min(this.maxBytes, limit.bytes * 2),
    };
  }

  /** Call it after a transaction that the broker had no room for or did not answer. */
  transactionNotConfirmed(size: TransactionSize): void {
    this.unconfirmed = size;
  }

  /** Call it after each transaction that was not confirmed, for whatever reason. */
  transactionFailed(rows: number): void {
    this.refusals.transactionFailed(rows);
  }

  /** Call it after a message turned out to be at fault for a refusal. */
  messageRefused(): void {
    this.refusals.messageRefused();
  }

  /** Call it after the broker ended a connection because it refused a message. */
  connectionEndedByRefusal(): void {
    this.refusals.connectionEnded();
  }

  /** Call it after a message that went by itself was confirmed. Returns whether the cap is lower now. */
  confirmedWithoutTransaction(): boolean {
    this.refusals.messageConfirmed();
    if (this.unconfirmed === undefined) return false;
    const { rows, bytes } = this.unconfirmed;
    this.unconfirmed = undefined;
    this.confirmedInARow = 0;
    this.limit = { rows: half(rows, MIN_ROWS), bytes: half(bytes, MIN_BYTES) };
    return true;
  }
}

/** What Classic adds to a message of `wireBytes` for its own use. */
export function bytesInBroker(wireBytes: number): number {
  return wireBytes + 1_024;
}

/** A larger transaction is hardly faster, and it costs more where it fails. */
const MAX_ROWS = 1_000;
const MIN_ROWS = 2;
const MIN_BYTES = 8_192;
/** To find out again that a transaction is too large may cost a receipt timeout. */
const CONFIRMED_BEFORE_GROWTH = 1_000;

function half(value: number, least: number): number {
  return Math.max(least, Math.floor(value / 2));
}
