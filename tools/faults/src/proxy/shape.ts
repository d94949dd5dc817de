import type { Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';

/** What a bad line does to what passes; nothing where it is left out. */
export interface Shape {
  readonly latencyMs?: number;
  /** By so much the latency is longer or shorter, at random; the order stays. */
  readonly jitterMs?: number;
  readonly bytesPerSecond?: number;
  /** Each write has 1 to so many bytes. */
  readonly maxSliceBytes?: number;
}

/** Writes to a socket as a bad line would. */
export class ShapedWriter {
  private due = 0;
  private written: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly target: Socket,
    private readonly shape: () => Shape,
  ) {}

  write(bytes: Buffer): void {
    const shape = this.shape();
    const { latencyMs = 0, jitterMs = 0, bytesPerSecond = Infinity } = shape;
    const arrival = Date.now() + latencyMs + jitterMs * (2 * Math.random() - 1);
    this.due = Math.max(this.due, arrival) + (bytes.length / bytesPerSecond) * 1_000;
    const due = this.due;
    this.written = this.written.then(() => this.writeAt(due, bytes, shape));
  }

  /** Closes after all that is under way. What the other side sends from then on leads to a reset. */
  end(): void {
    this.written = this.written.then(() => {
      this.target.destroySoon();
    });
  }

  private async writeAt(due: number, bytes: Buffer, { maxSliceBytes = Infinity }: Shape): Promise<void> {
    const wait = due - Date.now();
    if (wait >= 1) await setTimeout(wait);
    for (let at = 0; at < bytes.length && !this.target.destroyed;) {
      const size = Number.isFinite(maxSliceBytes)
        ? 1 + Math.floor(Math.random() * maxSliceBytes)
        : bytes.length;
      this.target.write(bytes.subarray(at, at + size));
      at += size;
      if (at < bytes.length) await setImmediate();
    }
  }
}
