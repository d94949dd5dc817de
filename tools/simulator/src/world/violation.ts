/** A promise that was broken in a run. */
export interface Violation {
  /** Which promise. */
  readonly promise: string;
  /** What was seen. */
  readonly seen: string;
}
