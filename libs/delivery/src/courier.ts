import type { OutboundMessage } from './outbound-message.js';
import type { PutOutcome } from './put-outcome.js';

/** Puts messages where the third party takes them from: a queue or a directory. */
export interface Courier {
  /** Whether a message that is put again takes the place of its first, so that nobody has to be told of a repeat. */
  readonly replacesRepeats: boolean;
  /**
   * Puts a batch and answers one outcome a message, in the same order. Expected failures are outcomes; it settles
   * within its configured limits whatever the other side does, and never throws for a broker or disk that is down.
   */
  put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]>;
  /** How the other side is doing, for health: judged from what was last seen, without asking it anew. */
  condition(): CourierCondition;
  /** Connects ahead of the first batch, so that readiness can tell; resolves when the try has ended, well or not. */
  prepare(): Promise<void>;
  stop(): Promise<void>;
}

export interface CourierCondition {
  /** `broker` for a queue, `directory` for files: the name of the part in the health document. */
  readonly part: 'broker' | 'directory';
  /** `blocked`: connected, but nothing that was put has been receipted within the limit. */
  readonly state: 'up' | 'down' | 'blocked' | 'unknown';
  /** Stable code and sentence of what is wrong; absent while up. */
  readonly code?: string;
  readonly text?: string;
  /** Since when the state has been what it is. */
  readonly since: Date;
  /** Which broker or directory, without credentials. */
  readonly name: string;
}
