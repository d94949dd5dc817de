import { constants, fstatSync, openSync, type Stats, writeSync } from 'node:fs';
import type { Sink } from './line-output.js';

/**
 * Writes to standard output (1) or standard error (2) without ever waiting for the reader of a pipe, a socket or a
 * terminal. To a file it writes as any program does.
 */
export function streamSink(stream: 1 | 2): Sink {
  let descriptor: number | undefined;
  return (text) => {
    descriptor ??= unblocked(stream);
    try {
      return typeof text === 'string' ? writeSync(descriptor, text) : writeSync(descriptor, text);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
      throw error;
    }
  };
}

/** A descriptor of the stream that returns EAGAIN where there is no room. */
function unblocked(stream: 1 | 2): number {
  const stats = fstatSync(stream);
  if (stats.isFile()) return stream;
  return reopened(stream, stats) ?? switchedOver(stream);
}

/**
 * A pipe or terminal can be opened once more, so that only this process sees that nothing waits: other programs may have
 * the same one. Not where it belongs to another user, as the pipe of a container's log driver does; and no socket.
 */
function reopened(stream: 1 | 2, stats: Stats): number | undefined {
  if (!stats.isFIFO() && !stats.isCharacterDevice()) return undefined;
  try {
    return openSync(
      `/proc/self/fd/${stream}`,
      constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY,
    );
  } catch {
    return undefined;
  }
}

/** Node.js switches a pipe or socket over when it first makes its own stream of it, and back at the end. */
function switchedOver(stream: 1 | 2): number {
  return stream === 1 ? process.stdout.fd : process.stderr.fd;
}
