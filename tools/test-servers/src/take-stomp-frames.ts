export interface StompFrame {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const NUL = 0;
const LF = 10;
const ESCAPED: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\c': ':', '\\\\': '\\' };

/** Takes the bytes that a server sends, in whatever pieces, and hands on each whole STOMP 1.2 frame. */
export function takeStompFrames(onFrame: (frame: StompFrame) => void): (piece: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (piece) => {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let next = firstFrame(rest);
    while (next !== undefined) {
      onFrame(next.frame);
      rest = rest.subarray(next.end);
      next = firstFrame(rest);
    }
  };
}

function firstFrame(bytes: Buffer): { frame: StompFrame; end: number } | undefined {
  const start = bytes.findIndex((byte) => byte !== LF);
  const headEnd = bytes.indexOf('\n\n', Math.max(start, 0));
  if (start < 0 || headEnd < 0) return undefined;
  const [command = '', ...lines] = bytes.toString('utf8', start, headEnd).split('\n');
  const headers = headersOf(lines);
  const length = headers['content-length'];
  const bodyStart = headEnd + 2;
  const end = length === undefined ? bytes.indexOf(NUL, bodyStart) : bodyStart + Number(length);
  if (end < 0 || end >= bytes.length) return undefined;
  return { frame: { command, headers, body: bytes.subarray(bodyStart, end) }, end: end + 1 };
}

/** Of a repeated header the first counts. */
function headersOf(lines: readonly string[]): Record<string, string> {
  const pairs = lines.map((line) => {
    const colon = line.indexOf(':');
    return [unescape(line.slice(0, colon)), unescape(line.slice(colon + 1))] as const;
  });
  return Object.fromEntries(pairs.reverse());
}

function unescape(text: string): string {
  return text.replace(/\\[nrc\\]/g, (escape) => ESCAPED[escape] ?? escape);
}
