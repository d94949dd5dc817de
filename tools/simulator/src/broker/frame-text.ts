/** A STOMP frame as a server sees it. */
export interface FrameText {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Reads one frame, given without its NUL; undefined for a heart-beat. */
export function readFrame(text: string): FrameText | undefined {
  const frame = text.replace(/^\n+/, '');
  if (frame === '') return undefined;
  const head = frame.indexOf('\n\n');
  const [command = '', ...lines] = frame.slice(0, head).split('\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon)] ??= unescaped(line.slice(colon + 1));
  }
  return { command, headers, body: frame.slice(head + 2) };
}

export function writeFrame(command: string, headers: FrameText['headers']): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value.replaceAll(':', '\\c')}\n`);
  return `${command}\n${lines.join('')}\n\0`;
}

function unescaped(value: string): string {
  return value.includes('\\') ? value.replaceAll('\\c', ':').replaceAll('\\\\', '\\') : value;
}
