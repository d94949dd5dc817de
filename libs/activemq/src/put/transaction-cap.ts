/** The size of a transaction, counted as ActiveMQ Classic counts what it holds in memory. */
export interface TransactionSize {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * How large a transaction may be. One that is larger than the broker's memory for the queue blocks or is refused, so
 * the cap is halved once a transaction got nowhere and single messages then pass, and doubled after many that went well.
 */
export class TransactionCap {
  #size: TransactionSize;
  #suspect: TransactionSize | undefined;
  #goodInARow = 0;

  constructor(private readonly maxBytes: number) {
    this.#size = { rows: MAX_ROWS, bytes: maxBytes };
  }

  get size(): TransactionSize {
    return this.#size;
  }

  /** Whether a transaction got nowhere and nothing was confirmed since. */
  get suspected(): boolean {
    return this.#suspect !== undefined;
  }

  /** To be told of a transaction that was confirmed. */
  confirmed(): void {
    this.#suspect = undefined;
    this.#goodInARow += 1;
    if (this.#goodInARow < GOOD_BEFORE_GROWTH) return;
    this.#goodInARow = 0;
    const { rows, bytes } = this.#size;
    this.#size = { rows: Math.min(MAX_ROWS, rows * 2), bytes: Math.min(this.maxBytes, bytes * 2) };
  }

  /** To be told of a transaction that the broker had no room for, or did not answer. */
  gotNowhere(size: TransactionSize): void {
    this.#suspect = size;
  }

  /** To be told of a message that went by itself and was confirmed. Answers whether the cap is lower now. */
  singlePassed(): boolean {
    if (this.#suspect === undefined) return false;
    const { rows, bytes } = this.#suspect;
    this.#suspect = undefined;
    this.#goodInARow = 0;
    this.#size = { rows: half(rows, MIN_ROWS), bytes: half(bytes, MIN_BYTES) };
    return true;
  }
}

/** What Classic adds to a message of `wireBytes` for its own use. */
export function bytesInBroker(wireBytes: number): number {
  return wireBytes + 1_024;
}

/** Beyond this a larger transaction is hardly faster, and a failed one costs more. */
const MAX_ROWS = 1_000;
const MIN_ROWS = 2;
const MIN_BYTES = 8_192;
/** Finding out anew that a transaction is too large may cost a receipt timeout. */
const GOOD_BEFORE_GROWTH = 1_000;

function half(value: number, least: number): number {
  return Math.max(least, Math.floor(value / 2));
}
