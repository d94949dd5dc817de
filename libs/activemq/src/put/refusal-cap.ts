/**
 * How many messages may share a transaction, as far as refusals go. A refused message costs all of its transaction: they
 * go again, and where the broker has stored them nevertheless, twice. So the cap is halved after a refused message, and
 * grows by a few rows with each confirmed transaction. Where refused messages are close to each other, each message
 * goes by itself until many in a row were confirmed.
 */
export class RefusalCap {
  private limit = LARGEST;
  /** The rows of the last transaction that failed, until it is known whether that was for a refused message. */
  private failed = LARGEST;
  /** How many messages were confirmed since the last refused one. */
  private confirmedInARow = LARGEST;

  /** At most so many messages; 1 where each goes by itself. */
  get rows(): number {
    return this.limit;
  }

  transactionConfirmed(rows: number): void {
    this.confirmedInARow += rows;
    this.failed = LARGEST;
    this.limit = Math.min(LARGEST, this.limit + STEP);
  }

  /** For whatever reason. */
  transactionFailed(rows: number): void {
    this.failed = rows;
  }

  /** A message that went by itself was confirmed. */
  messageConfirmed(): void {
    this.confirmedInARow += 1;
    if (this.limit === 1 && this.confirmedInARow >= CLOSE) this.limit = SMALLEST;
  }

  messageRefused(): void {
    const half = Math.floor(Math.min(this.limit, this.failed) / 2);
    this.limit = this.confirmedInARow < CLOSE ? 1 : Math.max(SMALLEST, half);
    this.failed = LARGEST;
    this.confirmedInARow = 0;
  }
}

/** More than any transaction has. */
const LARGEST = 1_000;
const SMALLEST = 16;
const STEP = 8;
/** Refused messages are close to each other with fewer confirmed ones between them: as many as go one by one at a time. */
const CLOSE = 64;
