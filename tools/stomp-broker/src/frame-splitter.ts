import type { Frame } from './frame.js';

/** Cuts a stream of bytes into frames, whatever the sizes in which they come. */
export class FrameSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that the chunk completes. Throws on what is not STOMP. */
  push(chunk: Buffer): readonly Frame[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    let position = 0;
    for (;;) {
      position = skipLineEnds(bytes, position);
      const found = frameAt(bytes, position);
      if (found === undefined) break;
      frames.push(found.frame);
      position = found.end;
    }
    this.#rest = bytes.subarray(position);
    return frames;
  }
}

function skipLineEnds(bytes: Buffer, from: number): number {
  let position = from;
  while (bytes[position] === LF || bytes[position] === CR) position += 1;
  return position;
}

function frameAt(bytes: Buffer, start: number): { frame: Frame; end: number } | undefined {
  const head = headEnd(bytes, start);
  if (head === undefined) return undefined;
  const [command = '', ...lines] = bytes.toString('utf8', start, head.end).replace(/\r$/, '').split(/\r?\n/);
  const headers = readHeaders(command, lines);
  const length = headers['content-length'];
  const end = length === undefined ? bytes.indexOf(NUL, head.bodyStart) : head.bodyStart + Number(length);
  if (end < 0 || end >= bytes.length) return undefined;
  if (bytes[end] !== NUL) throw new Error('the frame does not end in NUL');
  return {
    frame: { command, headers, body: Buffer.from(bytes.subarray(head.bodyStart, end)) },
    end: end + 1,
  };
}

/** Where the empty line is that ends the headers: LF LF, or LF CR LF. */
function headEnd(bytes: Buffer, start: number): { end: number; bodyStart: number } | undefined {
  for (let lf = bytes.indexOf(LF, start); lf >= 0; lf = bytes.indexOf(LF, lf + 1)) {
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
