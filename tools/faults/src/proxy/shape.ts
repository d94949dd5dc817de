import type { Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';

/** What a bad line does to the traffic; a member that is left out does nothing. */
export interface Shape {
  readonly latencyMs?: number;
  /** How much longer or shorter the latency is, at random; the order stays. */
  readonly jitterMs?: number;
  readonly bytesPerSecond?: number;
  /** The most bytes of a write; each has 1 or more. */
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

  /** Closes after all data that is under way. Data from the other side then leads to a reset. */
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
