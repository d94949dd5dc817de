/** A whole frame or message that a splitter has found. */
export interface Piece {
  /** A STOMP command, `BEAT` for a heart-beat, or the type letter of a PostgreSQL message. */
  readonly name: string;
  /** The head of a STOMP frame, or the text of a PostgreSQL message: its SQL, or the tag of a finished command. */
  readonly text: string;
  readonly bytes: Buffer;
}

/** A piece on its way through a proxy. */
export interface Unit extends Piece {
  /** `up` is from the daemon to its server. */
  readonly direction: Direction;
  /** 1 for the first connection that the proxy accepted, and so on. */
  readonly connection: number;
  /** 1 for the first of its direction on its connection; heart-beats don't count. */
  readonly place: number;
}

export type Direction = 'up' | 'down';

/** Cuts a stream into pieces, whatever the sizes in which it comes; unfinished ones are kept. */
export interface Splitter {
  push(chunk: Buffer): readonly Piece[];
}
