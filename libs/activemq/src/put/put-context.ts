import type { BrokerError } from '../broker-error.js';
import type { BrokerHealth } from '../link/broker-health.js';
import type { StompSession } from '../stomp/stomp-session.js';
import type { TransactionCap } from './transaction-cap.js';

/** What the parts of one put share while one connection lasts. */
export interface PutContext {
  readonly session: StompSession;
  /** The name of the broker that the session is with. */
  readonly broker: string;
  readonly health: BrokerHealth;
  /** The bare name of the queue. */
  readonly queue: string;
  readonly cap: TransactionCap;
  readonly tally: PutTally;
  /** Milliseconds that an answer may take. */
  readonly receiptTimeout: number;
  /** Whether one more wait of that length still ends in time. */
  hasTime(): boolean;
}

/** What one put has seen so far, over all its connections. */
export interface PutTally {
  /** Whether the broker has taken a message, so that what it refuses is at fault itself. */
  brokerTakes: boolean;
  /** Times that it has waited for room. */
  roomPauses: number;
}

export function newTally(): PutTally {
  return { brokerTakes: false, roomPauses: 0 };
}

/** Why a pass over the messages ended early; `giveUp` where another connection would not help this put. */
export interface PassEnd {
  readonly fault: BrokerError;
  readonly giveUp: boolean;
}
