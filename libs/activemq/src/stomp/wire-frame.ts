/** A frame as it goes over the wire: pieces of text, one after the other, which are joined only when they become bytes. */
export class WireFrame {
  /** Its length in UTF-8. */
  readonly bytes: number;

  constructor(private readonly pieces: readonly string[]) {
    let bytes = 0;
    for (const piece of pieces) bytes += Buffer.byteLength(piece);
    this.bytes = bytes;
  }

  /** Writes it into a buffer that has room, and answers where it ends. */
  writeTo(buffer: Buffer, start: number): number {
    let end = start;
    for (const piece of this.pieces) end += buffer.write(piece, end);
    return end;
  }
}

/** Frames in one buffer. */
export function bytesOf(frames: readonly WireFrame[]): Buffer {
  const buffer = Buffer.allocUnsafe(frames.reduce((sum, { bytes }) => sum + bytes, 0));
  let end = 0;
  for (const frame of frames) end = frame.writeTo(buffer, end);
  return buffer;
}
