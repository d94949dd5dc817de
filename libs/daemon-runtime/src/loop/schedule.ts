import { CheckedBy, type Parsed, parseDuration } from '@comms/config';
import { CronTime } from 'cron';

/** When a daemon looks for work. */
export type Schedule =
  | { readonly kind: 'interval'; readonly everyMs: number }
  /** Five fields, or six with seconds first, or a word such as `@hourly`; judged in the time zone of the process. */
  | { readonly kind: 'cron'; readonly expression: string };

/** The limits of an interval. */
const SHORTEST = { text: '10ms', ms: 10 };
const LONGEST = { text: '24h', ms: 86_400_000 };

/** What may be written, in words: for the `allowed` of a property that holds a schedule. */
export const ALLOWED_SCHEDULES =
  `an interval such as 500ms, 2s or 5m (${SHORTEST.text} to ${LONGEST.text}), ` +
  'or a cron expression of five fields, or six with seconds first';

/** For the description of such a property. */
export const SCHEDULE_FIELDS =
  'The fields of a cron expression are minute, hour, day of month, month and day of week (Sunday is 0 or 7), with ' +
  'seconds before them where there are six; names such as `mon` and words such as `@hourly` are known. It is judged in the ' +
  'time zone of the process: UTC in the images, else that of the environment variable `TZ` or of the machine.';

/** The description of the property that switches `FollowUp` on. */
export const FOLLOW_UP =
  'After it has found rows, looks again after 10ms, then after twice as long each time, until the schedule is as soon. ' +
  'Only where the schedule is an interval of up to 5s.';

/** Reads an interval such as `500ms`, `2s`, `5m` or `1h`, or a cron expression. */
export function parseSchedule(text: string): Parsed<Schedule> {
  const looksLikeCron = text.startsWith('@') || /\S\s+\S/.test(text);
  return looksLikeCron ? parseCron(text) : parseInterval(text);
}

function parseInterval(text: string): Parsed<Schedule> {
  const duration = parseDuration(text);
  if ('problem' in duration) return duration;
  if (duration.value < SHORTEST.ms) return { problem: `is shorter than ${SHORTEST.text}` };
  if (duration.value > LONGEST.ms) return { problem: `is longer than ${LONGEST.text}` };
  return { value: { kind: 'interval', everyMs: duration.value } };
}

function parseCron(expression: string): Parsed<Schedule> {
  const fields = expression.trim().split(/\s+/).length;
  if (!expression.startsWith('@') && fields !== 5 && fields !== 6) {
    return { problem: 'is not a cron expression, which has five or six fields' };
  }
  const time = cronTimeOf(expression);
  if (time === undefined) return { problem: 'is not a cron expression: a field or word of it is not known' };
  return comesDue(time) ? { value: { kind: 'cron', expression } } : { problem: 'never comes due' };
}

function cronTimeOf(expression: string): CronTime | undefined {
  try {
    return new CronTime(expression);
  } catch {
    return undefined;
  }
}

function comesDue(time: CronTime): boolean {
  try {
    time.sendAt();
    return true;
  } catch {
    return false;
  }
}

/** class-validator rule for a property that holds a schedule. */
export function IsSchedule(): PropertyDecorator {
  return CheckedBy((text: string) => {
    const schedule = parseSchedule(text);
    return 'problem' in schedule ? schedule.problem : undefined;
  });
}
