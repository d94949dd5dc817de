/** Frames as they go over the wire, one after the other in one piece of memory, which can be used again and again. */
export class FrameBuffer {
  private buffer = Buffer.allocUnsafe(0);
  private end = 0;
  private readonly ends: number[] = [];

  /** All frames. The bytes stay valid only until `clear`. */
  get bytes(): Buffer {
    return this.buffer.subarray(0, this.end);
  }

  /** Each frame by itself; valid as long as `bytes`. */
  get frames(): Buffer[] {
    return this.ends.map((end, i) => this.buffer.subarray(this.ends[i - 1] ?? 0, end));
  }

  /** Adds a frame of these lines and this body, and returns its length in bytes. */
  add(lines: string, body = ''): number {
    const start = this.end;
    this.makeRoom(lines, body);
    this.write(lines);
    this.writeByte(LINE_FEED);
    this.write(body);
    this.writeByte(NUL);
    this.ends.push(this.end);
    return this.end - start;
  }

  /** Adds a heart-beat, which is sent like a frame. */
  addBeat(): void {
    this.makeRoom('', '');
    this.writeByte(LINE_FEED);
    this.ends.push(this.end);
  }

  /** Removes what was added last. */
  removeLast(): void {
    this.ends.pop();
    this.end = this.ends.at(-1) ?? 0;
  }

  /** Removes all frames, so that others can be added. None of the returned bytes may be in use. */
  clear(): void {
    this.ends.length = 0;
    this.end = 0;
    if (this.buffer.length > MOST_KEPT_BYTES) this.buffer = Buffer.allocUnsafe(0);
  }

  private write(text: string): void {
    this.end += this.buffer.write(text, this.end);
  }

  private writeByte(byte: number): void {
    this.buffer[this.end] = byte;
    this.end += 1;
  }

  /** Bytes are counted only where the room may be too small, because counting is one more pass over the text. */
  private makeRoom(lines: string, body: string): void {
    const room = this.buffer.length - this.end;
    if (room >= MOST_BYTES_OF_A_UNIT * (lines.length + body.length) + ADDED_BYTES) return;
    const needed = Buffer.byteLength(lines) + Buffer.byteLength(body) + ADDED_BYTES;
    if (room >= needed) return;
    const larger = Buffer.allocUnsafe(Math.max(SMALLEST_BYTES, 2 * this.buffer.length, this.end + needed));
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
  }
}

/** Ends a line; an empty one ends the lines before the body. */
const LINE_FEED = 10;
/** Ends a frame. */
const NUL = 0;
/** The line feed and the NUL of each frame. */
const ADDED_BYTES = 2;
/** In UTF-8, for one UTF-16 code unit. */
const MOST_BYTES_OF_A_UNIT = 3;
const SMALLEST_BYTES = 512;
/** Transactions of usual messages need less. The memory of a rare larger one is given up. */
const MOST_KEPT_BYTES = 4_194_304;
