import { BrokerError } from '../broker-error.js';
import type { BrokerHealth } from '../link/broker-health.js';
import type { BrokerLink } from '../link/broker-link.js';
import type { StompSession } from '../stomp/stomp-session.js';
import { MessageFrames } from './message-frames.js';
import type { EarlyStop, PutContext, PutTally } from './put-context.js';
import type { TransactionCap } from './transaction-cap.js';
import { tryBroker } from './try-broker.js';

/** What a put needs besides its messages. */
export interface PutSetting {
  readonly health: BrokerHealth;
  /** The bare name of the queue. */
  readonly queue: string;
  readonly cap: TransactionCap;
  /** Milliseconds that one answer of the broker may take. */
  readonly receiptTimeout: number;
  /** A clock that never jumps. */
  readonly elapsedMs: () => number;
}

/** The steps of one part of a put, over one connection after the other. */
export interface PutSteps extends PutSetting {
  readonly tally: PutTally;
  /** The moment of the clock at which the put must have settled. */
  readonly deadline: number;
  /** Whether no message of this part is open. */
  readonly isDone: () => boolean;
  /** Puts the open messages of this part over one connection. Returns why it stopped early. */
  readonly putOpenMessages: (context: PutContext) => Promise<EarlyStop | undefined>;
  /** A number that grows with each fact that is learnt of the broker and the messages. */
  readonly knowledge: () => number;
  /** Whether the end of a connection is evidence about the broker, and not only about one message. */
  readonly isEvidenceAboutBroker: boolean;
}

/**
 * Puts the messages of a part, over one connection after the other: until it is done, another connection would not help,
 * or the time is used up. Returns why it stopped before it was done.
 */
export async function overConnections(link: BrokerLink, steps: PutSteps): Promise<EarlyStop | undefined> {
  const left = () => timeLeft(steps);
  let stop: EarlyStop | undefined;
  for (let fruitless = 0; fruitless < MAX_FRUITLESS_CONNECTIONS && !steps.isDone();) {
    const known = steps.knowledge();
    const session = await sessionOrError(link, left());
    if (session instanceof BrokerError) return { ends: 'put', cause: session };
    const singles = new MessageFrames({ queue: steps.queue, dialect: session.dialect });
    const hasTime = () => left() > 0;
    stop = await overOneConnection({ ...steps, session, singles, broker: link.broker, hasTime });
    if (stop === undefined) return undefined;
    if (stop.cause.code === 'BROKER_BLOCKED') link.moveOn();
    if (stop.ends === 'put') return stop;
    // No message may arrive late over a connection that is in doubt.
    session.destroy(stop.cause);
    fruitless = steps.knowledge() > known ? 0 : fruitless + 1;
  }
  return steps.isDone() ? undefined : stop;
}

/** Milliseconds in which one more wait for the broker may begin. */
export function timeLeft(steps: Pick<PutSteps, 'deadline' | 'receiptTimeout' | 'elapsedMs'>): number {
  return steps.deadline - steps.receiptTimeout - steps.elapsedMs();
}

/** After this number of connections in a row from which nothing was learnt, the put leaves the broker to the next put. */
const MAX_FRUITLESS_CONNECTIONS = 8;

/** A broker that left a request without a receipt gets an empty message first, so that no message of a row waits for it. */
async function overOneConnection(context: PutContext & PutSteps): Promise<EarlyStop | undefined> {
  const { broker, health, tally, cap, isEvidenceAboutBroker } = context;
  const stop =
    (tally.hasTakenNothingSinceBlocked ? await tryBroker(context) : undefined) ??
    (await context.putOpenMessages(context));
  if (stop === undefined) return undefined;
  if (stop.afterRefusal === true) cap.connectionEndedByRefusal();
  if (stop.cause.code === 'BROKER_BLOCKED') tally.hasBlocked();
  if (stop.ends === 'put' || isEvidenceAboutBroker) health.putFailed(broker, stop.cause);
  return stop;
}

/** The session of a link, after `limit` milliseconds at most, or why there is none. */
export async function sessionOrError(link: BrokerLink, limit: number): Promise<StompSession | BrokerError> {
  if (limit <= 0) return new BrokerError('BROKER_PUT_TIMEOUT');
  try {
    return await link.session(limit);
  } catch (error) {
    if (error instanceof BrokerError) return error;
    throw error;
  }
}
