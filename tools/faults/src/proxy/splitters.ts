import { FrameSplitter } from '@comms/stomp-broker';
import type { Direction, Piece, Splitter } from './unit.js';

/** Cuts a STOMP stream into frames and heart-beats. */
export class StompSplitter implements Splitter {
  private readonly frames = new FrameSplitter();

  push(chunk: Buffer): readonly Piece[] {
    return this.frames.pieces(chunk).map(({ frame, bytes }) => {
      if (frame === undefined) return { name: 'BEAT', text: '', bytes };
      return { name: frame.command, text: bytes.toString('utf8', 0, bytes.indexOf('\n\n')), bytes };
    });
  }
}

/** Cuts a PostgreSQL stream without TLS into its messages. */
export class PostgresSplitter implements Splitter {
  private rest: Buffer = Buffer.alloc(0);
  /** The first message of a client has no type letter. */
  private started: boolean;

  constructor(direction: Direction) {
    this.started = direction === 'down';
  }

  push(chunk: Buffer): readonly Piece[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const pieces: Piece[] = [];
    for (;;) {
      const letters = this.started ? 1 : 0;
      if (this.rest.length < letters + 4) return pieces;
      const end = letters + this.rest.readInt32BE(letters);
      if (this.rest.length < end) return pieces;
      const bytes = this.rest.subarray(0, end);
      pieces.push({ name: bytes.toString('latin1', 0, letters) || 'STARTUP', text: textOf(bytes), bytes });
      this.started = true;
      this.rest = this.rest.subarray(end);
    }
  }
}

/** Rows are binary: their bytes are no text. */
function textOf(bytes: Buffer): string {
  return bytes.toString('utf8', 5).replaceAll('\0', ' ').trim();
}
