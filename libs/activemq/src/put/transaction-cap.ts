/**
 * How large a transaction may be. One that is larger than the broker's memory for the queue blocks, so the cap is
 * halved when that seems to have happened, and doubled after many transactions that went well.
 */
export class TransactionCap {
  #rows = MAX_ROWS;
  #bytes: number;
  #goodInARow = 0;

  constructor(private readonly maxBytes: number) {
    this.#bytes = maxBytes;
  }

  get rows(): number {
    return this.#rows;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** To be told of a transaction that was confirmed. */
  confirmed(): void {
    this.#goodInARow += 1;
    if (this.#goodInARow < GOOD_BEFORE_GROWTH) return;
    this.#goodInARow = 0;
    this.#rows = Math.min(MAX_ROWS, this.#rows * 2);
    this.#bytes = Math.min(this.maxBytes, this.#bytes * 2);
  }

  /** To be told of a transaction that was too large. */
  tooLarge({ rows, bytes }: { readonly rows: number; readonly bytes: number }): void {
    this.#goodInARow = 0;
    this.#rows = Math.max(MIN_ROWS, Math.floor(rows / 2));
    this.#bytes = Math.max(MIN_BYTES, Math.floor(bytes / 2));
  }
}

/** Beyond this a larger transaction is hardly faster, and a failed one costs more. */
const MAX_ROWS = 1_000;
const MIN_ROWS = 2;
const MIN_BYTES = 8_192;
const GOOD_BEFORE_GROWTH = 100;
