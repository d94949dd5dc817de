import { BrokerError } from '../broker-error.js';
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
  /** How many messages the broker has taken, trials included; after the first, what it refuses is at fault itself. */
  taken: number;
  /** How many it had taken when it last left something unanswered. */
  takenWhenSilent: number | undefined;
  /** Times that it has waited for room. */
  roomPauses: number;
}

export function newTally(): PutTally {
  return { taken: 0, takenWhenSilent: undefined, roomPauses: 0 };
}

/** Whether the broker has left something unanswered, and has taken nothing since. */
export function isSilent({ taken, takenWhenSilent }: PutTally): boolean {
  return taken === takenWhenSilent;
}

/** Why a pass over the messages ended early; `giveUp` where another connection would not help this put. */
export interface PassEnd {
  readonly fault: BrokerError;
  readonly giveUp: boolean;
}

/** The time of the put is used up. */
export function timeIsUp(): PassEnd {
  return { fault: new BrokerError('BROKER_PUT_TIMEOUT'), giveUp: true };
}
