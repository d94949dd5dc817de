import type { OutboundMessage, PutOutcome } from '@comms/delivery';
import { BrokerError } from '../broker-error.js';
import type { BrokerHealth } from '../link/broker-health.js';
import type { BrokerLink } from '../link/broker-link.js';
import type { StompSession } from '../stomp/stomp-session.js';
import {
  isOpen,
  knowledgeIn,
  type MessageState,
  mayBePut,
  pending,
  type PendingMessage,
  sendableStateOf,
} from './message-state.js';
import { newTally, type PassEnd, type PutContext } from './put-context.js';
import { putInTransactions } from './put-in-transactions.js';
import { putAlone, putOneByOne } from './put-one-by-one.js';
import type { TransactionCap } from './transaction-cap.js';

/** What a put needs beside its messages. */
export interface PutSetting {
  readonly link: BrokerLink;
  readonly health: BrokerHealth;
  /** The bare name of the queue. */
  readonly queue: string;
  readonly cap: TransactionCap;
  /** Milliseconds for one answer of the broker. */
  readonly receiptTimeout: number;
  /** A clock that never steps. */
  readonly elapsedMs: () => number;
}

/**
 * Puts a batch until the moment `deadline` of the clock: in transactions at first; what one of them leaves open goes one
 * by one over a new connection, until all is settled, another connection would not help, or the time is used up.
 */
export async function putBatch(
  messages: readonly OutboundMessage[],
  deadline: number,
  setting: PutSetting,
): Promise<readonly PutOutcome[]> {
  const batch = messages.map(pending);
  const fault = await putOverConnections(batch, deadline, setting);
  return batch.map(({ state }) => outcomeOf(state, fault));
}

/** A broker that ends connection after connection, and nothing is known the better for it, is left to the next put. */
const MAX_CONNECTIONS_IN_VAIN = 8;

/** Returns why it stopped, which is of interest where a message is still open. */
async function putOverConnections(
  batch: readonly PendingMessage[],
  deadline: number,
  { elapsedMs, link, ...parts }: PutSetting,
): Promise<BrokerError> {
  const { health, receiptTimeout } = parts;
  const left = () => deadline - receiptTimeout - elapsedMs();
  const context = { ...parts, tally: newTally(), hasTime: () => left() > 0 };
  let fault = new BrokerError('BROKER_CONNECTION_LOST');
  for (let inVain = 0; inVain < MAX_CONNECTIONS_IN_VAIN && batch.some(isOpen);) {
    const known = knowledgeOf(batch);
    const session = await sessionOrFault(link, left());
    if (session instanceof BrokerError) return session;
    const { broker } = link;
    const end = await putOver(batch, { ...context, session, broker });
    if (end === undefined) break;
    fault = end.fault;
    health.putInVain(broker, fault);
    if (fault.code === 'BROKER_BLOCKED') link.moveOn();
    if (end.giveUp) break;
    // Nothing of a connection that is in doubt may come late.
    session.destroy(fault);
    inVain = knowledgeOf(batch) > known ? 0 : inVain + 1;
  }
  return fault;
}

function knowledgeOf(batch: readonly PendingMessage[]): number {
  return batch.reduce((known, { state }) => known + knowledgeIn(state), 0);
}

/** One pass: what may be on the queue already comes first, what ended a connection while it was alone comes last. */
async function putOver(batch: readonly PendingMessage[], context: PutContext): Promise<PassEnd | undefined> {
  const turns: Record<Turn, PendingMessage[]> = { alone: [], single: [], batched: [], last: [] };
  for (const message of batch) {
    if (message.state.kind !== 'settled') turns[turnOf(message.state)].push(message);
  }
  return (
    (await putAlone(turns.alone, context)) ??
    (await putOneByOne(turns.single, context)) ??
    (await putInTransactions(turns.batched, context)) ??
    (await putAlone(turns.last, context))
  );
}

type Turn = 'alone' | 'single' | 'batched' | 'last';

function turnOf(state: Exclude<MessageState, { kind: 'settled' }>): Turn {
  const sendable = sendableStateOf(state);
  return sendable.kind === 'alone' && sendable.ends > 0 ? 'last' : sendable.kind;
}

async function sessionOrFault(link: BrokerLink, limit: number): Promise<StompSession | BrokerError> {
  if (limit <= 0) return new BrokerError('BROKER_PUT_TIMEOUT');
  try {
    return await link.session(limit);
  } catch (error) {
    if (error instanceof BrokerError) return error;
    throw error;
  }
}

function outcomeOf(state: MessageState, { code, message: text }: BrokerError): PutOutcome {
  if (state.kind === 'settled') return state.outcome;
  return { kind: mayBePut(state) ? 'unknown' : 'untouched', code, text };
}
