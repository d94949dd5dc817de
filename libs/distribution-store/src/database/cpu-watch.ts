import { performance } from 'node:perf_hooks';

/**
 * Watches whether this process gets to its work from now on. The function that it returns is asked of a wait that ran out
 * after `limitMs` milliseconds whether the process was held up: its event loop was at work for nearly all of that time,
 * or came much too late to see its end.
 */
export function watchCpu(): (limitMs: number) => boolean {
  const startedMs = performance.now();
  const before = performance.eventLoopUtilization();
  return (limitMs) => {
    const elapsedMs = performance.now() - startedMs;
    const { utilization } = performance.eventLoopUtilization(before);
    return elapsedMs > SHORTEST_MS && (elapsedMs > LATE * limitMs || utilization > NEARLY_ALL);
  };
}

/** In less, a short burst of work looks the same. */
const SHORTEST_MS = 1_000;
const LATE = 1.5;
const NEARLY_ALL = 0.9;
