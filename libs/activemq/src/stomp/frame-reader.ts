import { FrameImpl, Parser } from '@stomp/stompjs';
import { BrokerError } from '../broker-error.js';

/** Above every ERROR with its stack trace; a broker sends us nothing longer. */
const MAX_FRAME_BYTES = 131_072;

/** Makes frames of the bytes that come from a broker, whatever their slices, in bounded memory. */
export class FrameReader {
  #completed: FrameImpl[] = [];
  #unfinishedBytes = 0;
  readonly #parser = new Parser(
    (raw) => {
      this.#completed.push(FrameImpl.fromRawFrame(raw, true));
    },
    () => {
      this.#unfinishedBytes = 0;
    },
  );

  /** The frames that the chunk completes. Throws a BrokerError when a frame does not end. */
  read(chunk: Uint8Array): readonly FrameImpl[] {
    this.#unfinishedBytes += chunk.length;
    this.#parser.parseChunk(new Uint8Array(chunk).buffer);
    if (this.#completed.length > 0) this.#unfinishedBytes = 0;
    if (this.#unfinishedBytes > MAX_FRAME_BYTES)
      throw new BrokerError('BROKER_NOT_STOMP', { detail: 'endless frame' });
    const frames = this.#completed;
    this.#completed = [];
    return frames;
  }
}
