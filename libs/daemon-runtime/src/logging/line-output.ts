import type { Clock } from '../clock.js';

/**
 * Takes as much of a text as there is room for, at once.
 * @returns how many bytes were taken; 0 where there is no room
 * @throws where the other end is gone or broken
 */
export type Sink = (text: string | Buffer) => number;

/**
 * Writes lines, and never waits for their reader. While the reader reads, a line is written before the call returns.
 * When it has stopped, up to {@link HELD_BYTES} are held; further lines are dropped and counted. Once the reader has
 * taken all that was held, the count is reported. The reader gets whole lines only, in order.
 */
export class LineOutput {
  private held: Buffer[] = [];
  private heldBytes = 0;
  private droppedNow = 0;
  private droppedEver = 0;
  private broken = false;
  private offeredMs = 0;
  private pauseMs = FIRST_PAUSE_MS;
  private cancelRetry: (() => void) | undefined;
  private tellDropped: ((lines: number) => void) | undefined;

  constructor(
    private readonly sink: Sink,
    private readonly clock: Pick<Clock, 'after' | 'elapsedMs'>,
  ) {}

  /** How many lines were dropped since the process began. */
  get dropped(): number {
    return this.droppedEver;
  }

  /** @param tell called with the number of lines dropped, once the reader has taken what was held; it may write */
  onCaughtUp(tell: (lines: number) => void): void {
    this.tellDropped = tell;
  }

  write(line: string): void {
    if (this.heldBytes > 0 && this.clock.elapsedMs() - this.offeredMs >= SHORTEST_PAUSE_MS) this.drain();
    const taken = this.heldBytes > 0 ? 0 : this.offer(line);
    if (taken < Buffer.byteLength(line)) this.hold(Buffer.from(line).subarray(taken));
  }

  /**
   * Blocks until the reader has taken all that is held: at most `limitMs`, and at most {@link SILENCE_MS} while the
   * reader takes nothing. It is only for the end of the process, because nothing else happens meanwhile. It does not
   * wait for a reader that is gone.
   */
  flush(limitMs: number): void {
    const endsMs = this.clock.elapsedMs() + limitMs;
    let silentSinceMs = this.clock.elapsedMs();
    while (this.heldBytes > 0) {
      const nowMs = this.clock.elapsedMs();
      if (this.drain()) silentSinceMs = nowMs;
      else if (this.broken || nowMs >= Math.min(endsMs, silentSinceMs + SILENCE_MS)) return;
      else Atomics.wait(NOTHING, 0, 0, FIRST_PAUSE_MS);
    }
  }

  private hold(bytes: Buffer): void {
    const isRest = this.heldBytes === 0;
    if (!isRest && (this.droppedNow > 0 || this.heldBytes + bytes.length > HELD_BYTES)) {
      this.droppedNow += 1;
      this.droppedEver += 1;
      return;
    }
    this.held.push(bytes);
    this.heldBytes += bytes.length;
    this.retryLater();
  }

  private retryLater(): void {
    this.cancelRetry ??= this.clock.after(this.pauseMs, () => {
      this.cancelRetry = undefined;
      this.pauseMs = this.drain() ? FIRST_PAUSE_MS : Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
      if (this.heldBytes > 0) this.retryLater();
    });
  }

  /** Writes what there is room for; true where anything was taken. */
  private drain(): boolean {
    this.offeredMs = this.clock.elapsedMs();
    const before = this.heldBytes;
    for (let [first] = this.held; first !== undefined; [first] = this.held) {
      const taken = this.offer(first);
      this.heldBytes -= taken;
      if (taken < first.length) {
        this.held[0] = first.subarray(taken);
        break;
      }
      this.held.shift();
    }
    const tookAny = this.heldBytes < before;
    if (this.heldBytes === 0) this.caughtUp();
    return tookAny;
  }

  private caughtUp(): void {
    const lines = this.droppedNow;
    this.droppedNow = 0;
    if (lines > 0) this.tellDropped?.(lines);
  }

  /** A broken sink is one without room: a named pipe may get its next reader, a disk its room. */
  private offer(text: string | Buffer): number {
    try {
      this.broken = false;
      return this.sink(text);
    } catch {
      this.broken = true;
      return 0;
    }
  }
}

/** Some thousand lines. */
const HELD_BYTES = 1_048_576;
/** Between two tries for lines that come in one turn of the event loop. */
const SHORTEST_PAUSE_MS = 1;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;
const SILENCE_MS = 500;

/** Memory that is never changed, so that a wait for its change lasts as long as its limit. */
const NOTHING = new Int32Array(new SharedArrayBuffer(4));
