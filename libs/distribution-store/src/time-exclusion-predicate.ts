import type { TimeExclusionMode } from '@comms/distribution';

/**
 * Whether a row may be distributed now, as SQL: the one place where the database judges the time exclusion, by its own
 * clock. A row without time exclusion always may; a time equal to now() may in both modes. It is written with
 * `coalesce`, and not with `IS NULL OR`, so that an index can carry it.
 */
export function mayBeDistributedNow(mode: TimeExclusionMode): string {
  return mode === 'send-before'
    ? `coalesce(time_exclusion, 'infinity'::timestamptz) >= now()`
    : `coalesce(time_exclusion, '-infinity'::timestamptz) <= now()`;
}
