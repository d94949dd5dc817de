import { FrameImpl, Parser } from '@stomp/stompjs';
import { BrokerError } from '../broker-error.js';

/** Larger than every ERROR with its stack trace, the longest frame that a broker sends to us. */
const MAX_FRAME_BYTES = 131_072;

/** Reads frames from the bytes that a broker sends, however they are sliced, in bounded memory. */
export class FrameReader {
  private completed: FrameImpl[] = [];
  private unfinishedBytes = 0;
  private readonly parser = new Parser(
    (raw) => {
      this.completed.push(FrameImpl.fromRawFrame(raw, true));
    },
    () => {
      this.unfinishedBytes = 0;
    },
  );

  /** The frames that the chunk completes. Throws a BrokerError when a frame does not end. */
  read(chunk: Uint8Array): readonly FrameImpl[] {
    this.unfinishedBytes += chunk.length;
    this.parser.parseChunk(new Uint8Array(chunk).buffer);
    if (this.completed.length > 0) this.unfinishedBytes = 0;
    if (this.unfinishedBytes > MAX_FRAME_BYTES)
      throw new BrokerError('BROKER_NOT_STOMP', { detail: 'endless frame' });
    const frames = this.completed;
    this.completed = [];
    return frames;
  }
}
