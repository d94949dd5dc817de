/** What V8 writes into a `.cpuprofile`, as far as it is read here. */
export interface CpuProfile {
  /** A tree of calls; the first one is its root. */
  readonly nodes: readonly ProfileNode[];
  /** The node that ran at each sample. */
  readonly samples: readonly number[];
  /** Microseconds since the sample before, or since the start. */
  readonly timeDeltas: readonly number[];
  /** Microseconds of the system's monotonic clock. */
  readonly startTime: number;
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
}

export interface CallFrame {
  /** Empty for a function without a name; in brackets where V8 tells of itself, such as `(idle)`. */
  readonly functionName: string;
  /** Empty for what is not JavaScript. */
  readonly url: string;
  /** Counted from 0. */
  readonly lineNumber: number;
}
