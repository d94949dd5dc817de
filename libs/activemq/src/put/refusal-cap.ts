/**
 * How many messages may go at once, as far as refusals go.
 *
 * In a transaction a refused message costs all others: they go again, and where the broker has stored them nevertheless,
 * they are there twice. So the cap is halved after a refused message, and grows by a few rows with each confirmed
 * transaction. Where refused messages are close to each other, each message goes by itself, until many in a row are
 * confirmed.
 *
 * By themselves many go at once. Where a broker ends the connection after it refused one, those behind it were sent in vain.
 * So their number is halved then, and grows with each confirmed message.
 */
export class RefusalCap {
  private limit = LARGEST;
  /** The rows of the last transaction that failed, until it is known whether that was for a refused message. */
  private failed = LARGEST;
  /** How many messages were confirmed since the last refused one. */
  private confirmedInARow = LARGEST;
  private singles = MOST_SINGLES;

  /** At most so many messages in a transaction; 1 where each goes by itself. */
  get rows(): number {
    return this.limit;
  }

  /** At most so many messages that go by themselves. */
  get singlesAtOnce(): number {
    return Math.floor(this.singles);
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
    this.singles = Math.min(MOST_SINGLES, this.singles + SINGLES_STEP);
    if (this.limit === 1 && this.confirmedInARow >= MOST_SINGLES) this.limit = SMALLEST;
  }

  messageRefused(): void {
    const half = Math.floor(Math.min(this.limit, this.failed) / 2);
    this.limit = this.confirmedInARow < MOST_SINGLES ? 1 : Math.max(SMALLEST, half);
    this.failed = LARGEST;
    this.confirmedInARow = 0;
  }

  /** The connection ended because a message was refused. */
  connectionEnded(): void {
    this.singles = Math.max(1, this.singles / 2);
  }
}

/** As many as the largest transaction has. */
const LARGEST = 1_000;
const SMALLEST = 16;
const STEP = 8;
const SINGLES_STEP = 0.5;
/** Two refused messages are also close to each other where fewer were confirmed between them. */
const MOST_SINGLES = 64;
