/**
 * Tells that work may have come, so that a daemon need not wait for its next beat. It may tell too often, late or not
 * at all: the beats go on beside it.
 */
export interface WakeUp {
  /** Calls `wake` from now on until the application shuts down; called once. */
  start(wake: () => void): void;
}

export const WAKE_UP = Symbol('WakeUp');
