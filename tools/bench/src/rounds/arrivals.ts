/** Where the messages of a subject arrive. */
export interface Arrivals {
  /** Whether that many may have come; cheap, for it is asked all the time. */
  hasCome(count: number): boolean;
  /** How many messages have come since the last reset. */
  readonly count: Promise<number>;
  /** Of how many different rows. */
  readonly distinct: Promise<number>;
  reset(): Promise<void>;
  close(): Promise<void>;
}
