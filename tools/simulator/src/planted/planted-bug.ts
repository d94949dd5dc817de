/** Bugs that can be planted, to see that the simulator finds them. */
export const PLANTED_BUGS = [
  'mark-before-receipt',
  'ignore-error',
  'no-status-guard',
  'resend-in-batch',
  'mark-half-batch',
  'record-all-or-nothing',
  'claim-set-aside',
  'load-long-texts',
  'charge-without-evidence',
] as const;

export type PlantedBug = (typeof PLANTED_BUGS)[number];
