/**
 * How a row's time exclusion is read.
 * - `send-before`: it may be distributed while its time has not passed ("Time Exclusion >= Current Date and Time").
 * - `send-after`: it may be distributed once its time has come.
 */
export const TIME_EXCLUSION_MODES = ['send-before', 'send-after'] as const;

export type TimeExclusionMode = (typeof TIME_EXCLUSION_MODES)[number];

/**
 * Whether a row may be distributed at `now`. A row without time exclusion always may; a time equal to `now` may in
 * both modes. The store judges the same rule in SQL, by the database's clock; a test holds the two together.
 */
export function mayBeDistributed(mode: TimeExclusionMode, timeExclusion: Date | null, now: Date): boolean {
  if (timeExclusion === null) return true;
  return mode === 'send-before' ? timeExclusion >= now : timeExclusion <= now;
}
