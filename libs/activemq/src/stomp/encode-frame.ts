import { WireFrame } from './wire-frame.js';

/** A frame of few words. */
export function encodeFrame(
  command: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): WireFrame {
  return new WireFrame([encodeHead(command, headers) + END_OF_HEAD, body, END_OF_FRAME]);
}

/**
 * The first lines of a frame, to which more headers may be added. None here ever has a content-length, so that Java
 * consumers get a TextMessage: a body must not hold NUL.
 */
export function encodeHead(command: string, headers: Readonly<Record<string, string>>): string {
  const valueOf = command === 'CONNECT' ? asIs : escapeHeader;
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${valueOf(value)}\n`);
  return `${command}\n${lines.join('')}`;
}

/** A header's value as STOMP 1.2 wants it in every frame but CONNECT. */
export function escapeHeader(value: string): string {
  return value.replace(SPECIAL, escapeOf);
}

function escapeOf(character: string): string {
  return ESCAPES[character as keyof typeof ESCAPES];
}

const SPECIAL = /[\\\r\n:]/g;

export const END_OF_HEAD = '\n';
export const END_OF_FRAME = '\0';

const ESCAPES = { '\\': '\\\\', '\r': '\\r', '\n': '\\n', ':': '\\c' } as const;

function asIs(value: string): string {
  return value;
}
