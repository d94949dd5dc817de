import { BrokerError } from '../broker-error.js';
import type { BrokerHealth } from '../link/broker-health.js';
import type { StompSession } from '../stomp/stomp-session.js';
import type { MessageFrames } from './message-frames.js';
import type { TransactionCap } from './transaction-cap.js';

/** What the steps of one put share while one connection lasts. */
export interface PutContext {
  readonly session: StompSession;
  /** Makes the frames of messages that go by themselves over this session. */
  readonly singles: MessageFrames;
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
export class PutTally {
  /** How many messages the broker has taken, empty ones included. */
  taken = 0;
  /** How often the put has waited until the broker had room. */
  roomPauses = 0;
  /** How many it had taken when it last left a request without a receipt. */
  private takenWhenBlocked: number | undefined;
  private blamedSinceTaken = 0;
  private trial: Promise<EarlyStop | undefined> | undefined;

  hasTaken(messages: number): void {
    this.taken += messages;
    this.blamedSinceTaken = 0;
  }

  hasBlamed(): void {
    this.blamedSinceTaken += 1;
  }

  hasBlocked(): void {
    this.takenWhenBlocked = this.taken;
  }

  /** Runs a trial of the broker. Messages that need one at the same time share it. */
  sharedTrial(tryBroker: () => Promise<EarlyStop | undefined>): Promise<EarlyStop | undefined> {
    this.trial ??= tryBroker().finally(() => {
      this.trial = undefined;
    });
    return this.trial;
  }

  /** Whether a message that the broker refuses is at fault: it takes others, and took one not long ago. */
  get brokerTakesOthers(): boolean {
    return this.taken > 0 && this.blamedSinceTaken < MOST_BLAMED_IN_A_ROW;
  }

  /** Whether the broker has left a request without a receipt and has taken nothing since. */
  get hasTakenNothingSinceBlocked(): boolean {
    return this.taken === this.takenWhenBlocked;
  }
}

/** As many as go one by one at a time. A broker that begins to refuse everything costs no more of them a try. */
const MOST_BLAMED_IN_A_ROW = 64;

/** Why sending stopped early. `put` where another connection would not help this put, else `connection`. */
export interface EarlyStop {
  readonly ends: 'connection' | 'put';
  readonly cause: BrokerError;
  /** The broker ended the connection after an ERROR that named a message, or would do so. */
  readonly afterRefusal?: boolean;
}

/** The time of the put is used up. */
export function timeIsUp(): EarlyStop {
  return { ends: 'put', cause: new BrokerError('BROKER_PUT_TIMEOUT') };
}
