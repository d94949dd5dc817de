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
