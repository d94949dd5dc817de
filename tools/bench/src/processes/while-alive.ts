/**
 * Waits for something that a process is to do. Throws the process's `failure` when that comes first; the wait is told to
 * end then by the signal that it is given.
 */
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
