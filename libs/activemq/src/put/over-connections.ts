import { BrokerError } from '../broker-error.js';
import type { BrokerHealth } from '../link/broker-health.js';
import type { BrokerLink } from '../link/broker-link.js';
import type { StompSession } from '../stomp/stomp-session.js';
import { isSilent, type PassEnd, type PutContext, type PutTally } from './put-context.js';
import type { TransactionCap } from './transaction-cap.js';
import { tryBroker } from './try-broker.js';

/** What a put needs beside its messages. */
export interface PutSetting {
  readonly health: BrokerHealth;
  /** The bare name of the queue. */
  readonly queue: string;
  readonly cap: TransactionCap;
  /** Milliseconds for one answer of the broker. */
  readonly receiptTimeout: number;
  /** A clock that never steps. */
  readonly elapsedMs: () => number;
}

/** A part of a put that may need several connections. */
export interface PutPart extends PutSetting {
  readonly tally: PutTally;
  /** The moment of the clock at which the put must have settled. */
  readonly deadline: number;
  /** Whether no message of this part is open. */
  readonly isDone: () => boolean;
  /** Puts the open messages of this part over one connection; returns why that ended early. */
  readonly pass: (context: PutContext) => Promise<PassEnd | undefined>;
  /** Grows with all that is learnt of the broker and the messages. */
  readonly knowledge: () => number;
  /** Whether a connection that ends tells of the broker, and not only of one message. */
  readonly tellsOfBroker: boolean;
}

/**
 * Makes connection after connection until the part is done, another connection would not help, or the time is used up.
 * Returns why it stopped before it was done.
 */
export async function overConnections(link: BrokerLink, part: PutPart): Promise<PassEnd | undefined> {
  const left = () => timeLeft(part);
  let end: PassEnd | undefined;
  for (let inVain = 0; inVain < MAX_CONNECTIONS_IN_VAIN && !part.isDone();) {
    const known = part.knowledge();
    const session = await sessionOrFault(link, left());
    if (session instanceof BrokerError) return { fault: session, giveUp: true };
    end = await overOneConnection({ ...part, session, broker: link.broker, hasTime: () => left() > 0 });
    if (end === undefined) return undefined;
    if (end.fault.code === 'BROKER_BLOCKED') link.moveOn();
    if (end.giveUp) return end;
    // Nothing of a connection that is in doubt may come late.
    session.destroy(end.fault);
    inVain = part.knowledge() > known ? 0 : inVain + 1;
  }
  return part.isDone() ? undefined : end;
}

/** Milliseconds in which one more wait for the broker may begin. */
export function timeLeft(part: Pick<PutPart, 'deadline' | 'receiptTimeout' | 'elapsedMs'>): number {
  return part.deadline - part.receiptTimeout - part.elapsedMs();
}

/** A broker that ends connection after connection, and nothing is known the better for it, is left to the next put. */
const MAX_CONNECTIONS_IN_VAIN = 8;

/** A broker that was silent is tried with an empty message before another message waits for it. */
async function overOneConnection(context: PutContext & PutPart): Promise<PassEnd | undefined> {
  const { broker, health, tally, tellsOfBroker } = context;
  const end = (isSilent(tally) ? await tryBroker(context) : undefined) ?? (await context.pass(context));
  if (end === undefined) return undefined;
  if (end.fault.code === 'BROKER_BLOCKED') tally.takenWhenSilent = tally.taken;
  if (end.giveUp || tellsOfBroker) health.putInVain(broker, end.fault);
  return end;
}

/** The session of a link, after `limit` milliseconds at most, or why there is none. */
export async function sessionOrFault(link: BrokerLink, limit: number): Promise<StompSession | BrokerError> {
  if (limit <= 0) return new BrokerError('BROKER_PUT_TIMEOUT');
  try {
    return await link.session(limit);
  } catch (error) {
    if (error instanceof BrokerError) return error;
    throw error;
  }
}
