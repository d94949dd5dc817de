/** What the daemon's process ends with; the numbers are those of sysexits.h. */
export const EXIT_CODE = {
  /** Ended as asked. */
  ok: 0,
  /** Something unexpected. */
  software: 70,
  /** Faults in the configuration or the arguments. */
  config: 78,
} as const;

export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];
