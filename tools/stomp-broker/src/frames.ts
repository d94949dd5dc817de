/** One STOMP frame, its header values unescaped. */
export interface Frame {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A whole frame with its bytes, or a line end between two frames: a heart-beat. */
export interface StompPiece {
  readonly bytes: Buffer;
  /** Undefined for a heart-beat. */
  readonly frame: Frame | undefined;
}

/** Cuts a stream of bytes into frames, whatever the sizes of its chunks. Shares no code with the product. */
export class FrameSplitter {
  private rest: Buffer = Buffer.alloc(0);

  /** The frames that the chunk completes. Throws on what is not STOMP. */
  push(chunk: Buffer): readonly Frame[] {
    return this.pieces(chunk).flatMap(({ frame }) => frame ?? []);
  }

  /** The same with the heart-beats, each with its bytes. */
  pieces(chunk: Buffer): readonly StompPiece[] {
    let rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const pieces: StompPiece[] = [];
    for (let piece = firstPiece(rest); piece !== undefined; piece = firstPiece(rest)) {
      pieces.push(piece);
      rest = rest.subarray(piece.bytes.length);
    }
    this.rest = rest;
    return pieces;
  }
}

function firstPiece(bytes: Buffer): StompPiece | undefined {
  if (bytes[0] === LF || bytes[0] === CR) return { bytes: bytes.subarray(0, 1), frame: undefined };
  const found = firstFrame(bytes);
  return found && { bytes: bytes.subarray(0, found.end), frame: found.frame };
}

function firstFrame(bytes: Buffer): { frame: Frame; end: number } | undefined {
  const head = headEnd(bytes);
  if (head === undefined) return undefined;
  const [command = '', ...lines] = bytes.toString('utf8', 0, head.end).replace(/\r$/, '').split(/\r?\n/);
  const headers = readHeaders(command, lines);
  const length = headers['content-length'];
  const end = length === undefined ? bytes.indexOf(NUL, head.bodyStart) : head.bodyStart + Number(length);
  if (end < 0 || end >= bytes.length) return undefined;
  if (bytes[end] !== NUL) throw new Error('the frame does not end in NUL');
  const body = Buffer.from(bytes.subarray(head.bodyStart, end));
  return { frame: { command, headers, body }, end: end + 1 };
}

/** The empty line that ends the headers: LF LF, or LF CR LF. */
function headEnd(bytes: Buffer): { end: number; bodyStart: number } | undefined {
  for (let lf = bytes.indexOf(LF); lf >= 0; lf = bytes.indexOf(LF, lf + 1)) {
    if (bytes[lf + 1] === LF) return { end: lf, bodyStart: lf + 2 };
    if (bytes[lf + 1] === CR && bytes[lf + 2] === LF) return { end: lf, bodyStart: lf + 3 };
  }
  return undefined;
}

function readHeaders(command: string, lines: readonly string[]): Record<string, string> {
  const headers = Object.create(null) as Record<string, string>;
  const unescape = command === 'CONNECT' || command === 'STOMP' ? (text: string) => text : unescapeText;
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 0) throw new Error('a header has no colon');
    headers[unescape(line.slice(0, colon))] ??= unescape(line.slice(colon + 1));
  }
  return headers;
}

function unescapeText(text: string): string {
  return text.includes('\\') ? text.replace(/\\(.?)/gs, (_, escape: string) => unescapeOne(escape)) : text;
}

function unescapeOne(escape: string): string {
  const character = UNESCAPES[escape];
  if (character === undefined) throw new Error('a header has an undefined escape');
  return character;
}

const UNESCAPES: Readonly<Record<string, string>> = { '\\': '\\', r: '\r', n: '\n', c: ':' };
const NUL = 0;
const LF = 10;
const CR = 13;

/** A frame as it goes over the wire: header values escaped, a length where the body is binary. */
export function encodeFrame(command: string, headers: Readonly<Record<string, string>>, body = ''): string {
  const escape = UNESCAPED_COMMANDS.has(command) ? (value: string) => value : escapeValue;
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${escape(value)}\n`);
  return `${command}\n${lines.join('')}\n${body}\0`;
}

/** STOMP 1.2 leaves these as 1.0 has them. */
const UNESCAPED_COMMANDS = new Set(['CONNECTED']);

function escapeValue(value: string): string {
  return value.replace(/[\\\r\n:]/g, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\r': '\\r', '\n': '\\n', ':': '\\c' };
