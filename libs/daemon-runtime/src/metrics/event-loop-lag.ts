import { Gauge, type Registry } from 'prom-client';

/** Shows at each scrape the longest time that the event loop was blocked, to a tenth of a second. */
export function eventLoopLag(registry: Registry): void {
  let dueMs = performance.now() + BEAT_MS;
  let longestMs = 0;
  const look = () => {
    longestMs = Math.max(longestMs, performance.now() - dueMs);
  };
  const beat = () => {
    look();
    dueMs = performance.now() + BEAT_MS;
  };
  setInterval(beat, BEAT_MS).unref();
  new Gauge({
    registers: [registry],
    name: 'comms_event_loop_lag_seconds',
    help: 'The longest that the event loop was held up since the last scrape',
    collect() {
      look();
      this.set(longestMs / 1_000);
      longestMs = 0;
    },
  });
}

/** Each beat wakes an idle process, and what holds the loop up for less than one does no harm. */
const BEAT_MS = 100;
