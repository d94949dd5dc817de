import { type Parsed, parseDuration } from '@comms/config';
import { CronTime } from 'cron';

/** When a daemon looks for work. */
export type Schedule =
  | { readonly kind: 'interval'; readonly everyMs: number }
  /** Five fields, or six with seconds first, or a word such as `@hourly`; judged in the time zone of the process. */
  | { readonly kind: 'cron'; readonly expression: string };

/** What may be written, in words: for the `allowed` of a property that holds a schedule. */
export const ALLOWED_SCHEDULES = 'an interval from 10ms to 24h such as 500ms, 2s or 5m, or a cron expression';

/** Reads an interval such as `500ms`, `2s`, `5m` or `1h`, or a cron expression. */
export function parseSchedule(text: string): Parsed<Schedule> {
  const looksLikeCron = text.startsWith('@') || /\S\s+\S/.test(text);
  return looksLikeCron ? parseCron(text) : parseInterval(text);
}

function parseInterval(text: string): Parsed<Schedule> {
  const duration = parseDuration(text);
  if ('problem' in duration) return duration;
  if (duration.value < SHORTEST_MS) return { problem: 'is shorter than 10ms' };
  if (duration.value > LONGEST_MS) return { problem: 'is longer than 24h' };
  return { value: { kind: 'interval', everyMs: duration.value } };
}

function parseCron(expression: string): Parsed<Schedule> {
  try {
    new CronTime(expression).sendAt();
    return { value: { kind: 'cron', expression } };
  } catch {
    return { problem: 'is not a cron expression, or one that never comes due' };
  }
}

const SHORTEST_MS = 10;
const LONGEST_MS = 86_400_000;
