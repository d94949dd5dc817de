import type { PriorityLatency } from './findings.js';
import { markdownTable } from './markdown.js';

/** How long a row of high priority takes behind a backlog, as lines of Markdown; nothing where it was not measured. */
export function priorityTable(latencies: readonly PriorityLatency[] | null): string[] {
  const rows = (latencies ?? []).map(({ title, rowsPerSecond, p50, p99, max }) => {
    const rate = Math.round(rowsPerSecond).toLocaleString('en');
    return [title, rate, ...[p50, p99, max].map((ms) => ms.toLocaleString('en'))];
  });
  return markdownTable(['broker and consumer', 'rows/s meanwhile', 'p50 ms', 'p99 ms', 'max ms'], rows);
}
