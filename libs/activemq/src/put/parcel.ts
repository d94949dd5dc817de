import type { OutboundMessage, PutOutcome } from '@comms/delivery';
import type { Refusal } from '../stomp/refusal.js';

/** One message of a put, with what is known of it so far. */
export class Parcel {
  /** Set once the broker has decided. */
  outcome: PutOutcome | undefined;
  /** This put has sent it and got no answer. */
  mayBePut = false;
  /** Goes with a receipt of its own: a transaction that held it failed, or it may be on the queue already. */
  singly: boolean;
  /** Goes while nothing else is under way: a connection ended while it was one of several. */
  alone = false;
  /** How often the connection ended while it was alone under way, */
  losses = 0;
  /** and how often that was with an ERROR which named nobody. */
  strays = 0;
  /** Why it is believed to be at fault, as soon as the broker takes another. */
  suspicion: Refusal | undefined;

  constructor(readonly message: OutboundMessage) {
    this.singly = message.possibleDuplicate;
  }

  get possibleDuplicate(): boolean {
    return this.message.possibleDuplicate || this.mayBePut;
  }
}

/** The outcome of every message that the broker has confirmed: one object for all. */
export const SENT: PutOutcome = { kind: 'sent' };
