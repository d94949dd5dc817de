/**
 * How a row's time exclusion is read; a time equal to now may be distributed in both modes.
 * - `send-before`: it may be distributed while its time has not passed ("Time Exclusion >= Current Date and Time").
 * - `send-after`: it may be distributed once its time has come.
 */
export const TIME_EXCLUSION_MODES = ['send-before', 'send-after'] as const;

export type TimeExclusionMode = (typeof TIME_EXCLUSION_MODES)[number];
