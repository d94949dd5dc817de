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

/**
 * What becomes of a unit.
 * - `pass`: it goes on.
 * - `reset`: it is lost with all that comes after it, and both sides of its connection get a TCP reset.
 */
export type Fate = 'pass' | 'reset';

/** A unit that waits in the proxy for its verdict, together with all that comes after it in its direction. */
export class Hold {
  /** Resolves when the unit has come. */
  readonly reached: Promise<Unit>;
  readonly fate: Promise<Fate>;
  private reach!: (unit: Unit) => void;
  private decide!: (fate: Fate) => void;

  constructor() {
    this.reached = new Promise((resolve) => (this.reach = resolve));
    this.fate = new Promise((resolve) => (this.decide = resolve));
  }

  take(unit: Unit): Promise<Fate> {
    this.reach(unit);
    return this.fate;
  }

  release(fate: Fate = 'pass'): void {
    this.decide(fate);
  }
}
