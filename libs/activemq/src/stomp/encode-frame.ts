import { FrameBuffer } from './frame-buffer.js';

/** A frame that is sent by itself. */
export function encodeFrame(
  command: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): FrameBuffer {
  const frames = new FrameBuffer();
  frames.add(encodeLines(command, headers), body);
  return frames;
}

/**
 * The lines of a frame before its body, to which more headers may be added. There is never a content-length, so that Java
 * consumers get a TextMessage. Therefore a body must not hold NUL.
 */
export function encodeLines(command: string, headers: Readonly<Record<string, string>>): string {
  const valueOf = command === 'CONNECT' ? asIs : escapeHeader;
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${valueOf(value)}\n`);
  return `${command}\n${lines.join('')}`;
}

/** A header's value as STOMP 1.2 writes it in every frame except CONNECT. */
export function escapeHeader(value: string): string {
  return ANY_SPECIAL.test(value) ? value.replace(SPECIAL, escapeOf) : value;
}

function escapeOf(character: string): string {
  return ESCAPES[character as keyof typeof ESCAPES];
}

const ANY_SPECIAL = /[\\\r\n:]/;
const SPECIAL = /[\\\r\n:]/g;

const ESCAPES = { '\\': '\\\\', '\r': '\\r', '\n': '\\n', ':': '\\c' } as const;

function asIs(value: string): string {
  return value;
}
