import { BrokerError } from '../broker-error.js';
import type { BrokerHealth } from '../link/broker-health.js';
import type { StompSession } from '../stomp/stomp-session.js';
import type { TransactionCap } from './transaction-cap.js';

/** What the steps of one put share while one connection lasts. */
export interface PutContext {
  readonly session: StompSession;
  /** The name of the broker of the session. */
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

/** What one put has seen so far over all its connections. */
export interface PutTally {
  /** How many messages the broker has taken, empty ones included. After the first, a message that it refuses is at fault. */
  taken: number;
  /** How many it had taken when it last left a request without a receipt. */
  takenWhenBlocked: number | undefined;
  /** How often the put has waited until the broker had room. */
  roomPauses: number;
}

export function newTally(): PutTally {
  return { taken: 0, takenWhenBlocked: undefined, roomPauses: 0 };
}

/** Whether the broker has left a request without a receipt and has taken nothing since. */
export function hasTakenNothingSinceBlocked({ taken, takenWhenBlocked }: PutTally): boolean {
  return taken === takenWhenBlocked;
}

/** Why sending stopped early. `put` where another connection would not help this put, else `connection`. */
export interface EarlyStop {
  readonly ends: 'connection' | 'put';
  readonly cause: BrokerError;
}

/** The time of the put is used up. */
export function timeIsUp(): EarlyStop {
  return { ends: 'put', cause: new BrokerError('BROKER_PUT_TIMEOUT') };
}
