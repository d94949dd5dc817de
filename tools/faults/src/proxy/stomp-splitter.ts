import type { Piece, Splitter } from './unit.js';

/** Cuts a STOMP stream into frames and heart-beats. */
export class StompSplitter implements Splitter {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): readonly Piece[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const pieces: Piece[] = [];
    for (let end = endOfPiece(this.#rest); end > 0; end = endOfPiece(this.#rest)) {
      pieces.push(pieceOf(this.#rest.subarray(0, end)));
      this.#rest = this.#rest.subarray(end);
    }
    return pieces;
  }
}

const LF = 10;

/** 0 while there is no whole piece. */
function endOfPiece(bytes: Buffer): number {
  if (bytes[0] === LF) return 1;
  const head = bytes.indexOf('\n\n');
  if (head < 0) return 0;
  const length = /\ncontent-length:(\d+)/.exec(bytes.toString('utf8', 0, head + 1))?.[1];
  const end = length === undefined ? bytes.indexOf(0, head) : head + 2 + Number(length);
  return end >= 0 && end < bytes.length ? end + 1 : 0;
}

function pieceOf(bytes: Buffer): Piece {
  if (bytes.length === 1) return { name: 'BEAT', text: '', bytes };
  const text = bytes.toString('utf8', 0, bytes.indexOf('\n\n'));
  return { name: text.slice(0, text.indexOf('\n')), text, bytes };
}
