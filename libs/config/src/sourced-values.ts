import type { Fault } from './fault.js';

/** What one kind of source says, by key. */
export interface SourcedValues {
  readonly values: ReadonlyMap<string, SourcedText>;
  readonly faults: readonly Fault[];
}

export interface SourcedText {
  readonly text: string;
  /** As in {@link Fault}. */
  readonly source: string;
  /** The environment variable that holds the text, where one does. */
  readonly variable?: string;
  /** The path of the secret file that holds the text, where one does. */
  readonly secretFile?: string;
}
