import { Child, type ChildCommand } from '@comms/kit';
import { BenchError } from '../bench-error.js';

/**
 * Starts a process that is measured, with a channel for messages. Ctrl-C reaches only the benchmark, which then ends
 * it.
 */
export function startMeasured(command: Omit<ChildCommand, 'channel' | 'detached'>): Promise<Child> {
  return Child.start({ ...command, channel: true, detached: true });
}

/** Resolves when the process ends unasked; never otherwise. */
export async function failureOf(child: Child): Promise<BenchError> {
  return new BenchError('PROCESS_ENDED', await child.endedUnasked());
}

/** Waits for something that a process is to do. Throws its `failure` when that comes first, and aborts the wait. */
export async function whileAlive<T>(
  wait: (signal: AbortSignal) => Promise<T>,
  failure: Promise<Error>,
  signal: AbortSignal,
): Promise<T> {
  const over = new AbortController();
  const failed = failure.then((reason) => Promise.reject(reason));
  try {
    return await Promise.race([wait(AbortSignal.any([signal, over.signal])), failed]);
  } finally {
    over.abort();
  }
}
