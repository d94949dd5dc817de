import type { OutboundMessage, PutOutcome } from '@comms/delivery';
import { BrokerError } from '../broker-error.js';
import type { Refusal } from '../stomp/refusal.js';

/** One message of a put. Its state is the only thing that changes; README.md of this library draws the states. */
export interface PendingMessage {
  readonly message: OutboundMessage;
  state: MessageState;
}

/** Where a message of a put stands. */
export type MessageState = OpenState | SettledState;

/** The broker has not decided yet. */
export type OpenState = SendableState | AccusedState;

/** The message is to be sent, for the first time or again. */
export type SendableState = BatchedState | SingleState | AloneState;

/** Not sent yet in this put: it goes in a transaction. */
interface BatchedState {
  readonly kind: 'batched';
}

/** It goes with a receipt of its own: its transaction failed, or it may have been put before this put. */
export interface SingleState {
  readonly kind: 'single';
  /** This put has sent it, and does not know the outcome. */
  readonly mayBePut: boolean;
}

/** A connection ended while it was under way: it goes over a connection on which nothing else is under way. */
export interface AloneState {
  readonly kind: 'alone';
  /** This put has sent it, and does not know the outcome. */
  readonly mayBePut: boolean;
  /** How many connections to one broker ended in a row while it was alone under way, */
  readonly ends: number;
  /** how many of these with an ERROR that named no message, */
  readonly strays: number;
  /** how much was taken in this put when the last of them ended, */
  readonly takenAtEnd: number;
  /** and by which broker: what another one does is no evidence. */
  readonly broker: string | undefined;
}

/** Refused: it is at fault as soon as the broker takes another message. */
export interface AccusedState {
  readonly kind: 'accused';
  readonly refusal: Refusal;
  readonly before: SendableState;
}

/** The outcome is known. */
export interface SettledState {
  readonly kind: 'settled';
  readonly outcome: PutOutcome;
}

/**
 * A message that may have been put, and whose earlier tries failed, is perhaps one that ends connections or is never
 * confirmed: it goes alone from the start, so that it keeps no other message waiting.
 */
export function pending(message: OutboundMessage): PendingMessage {
  const { possibleDuplicate, distribution } = message;
  if (!possibleDuplicate) return { message, state: BATCHED };
  return { message, state: distribution.retryCount > 0 ? ALONE : { kind: 'single', mayBePut: false } };
}

export function isOpen({ state }: PendingMessage): boolean {
  return state.kind !== 'settled';
}

/** Whether the message is still open and goes over a connection of its own. */
export function goesAlone({ state }: PendingMessage): boolean {
  return state.kind !== 'settled' && sendableStateOf(state).kind === 'alone';
}

/** How the message is sent, or was sent before it was refused. */
export function sendableStateOf(state: OpenState): SendableState {
  return state.kind === 'accused' ? state.before : state;
}

/** Whether this put has sent the message and does not know the outcome. */
export function mayBePut(state: OpenState): boolean {
  const sendable = sendableStateOf(state);
  return sendable.kind !== 'batched' && sendable.mayBePut;
}

/** The broker has confirmed the message, or the transaction that held it. */
export function confirmed(): SettledState {
  return SENT;
}

/** The transaction that held the message was not confirmed. */
export function transactionFailed(outcomeUnknown: boolean): SingleState {
  return { kind: 'single', mayBePut: outcomeUnknown };
}

/** The broker has refused the message by name. */
export function refused(state: SendableState, refusal: Refusal): AccusedState {
  return { kind: 'accused', refusal, before: state };
}

/** The broker has taken another message, so this one is at fault. */
export function blamed({ refusal: { scope, error } }: AccusedState): SettledState {
  return { kind: 'settled', outcome: { kind: scope === 'final' ? 'failed' : 'retry', ...reasonOf(error) } };
}

/** The connection ended, saying that the one message under way was too large for the broker. */
export function tooLarge(fault: BrokerError): SettledState {
  return { kind: 'settled', outcome: { kind: 'failed', ...reasonOf(fault) } };
}

/** The connection ended while the message was one of several under way, or by our own doing. */
export function connectionEnded(state: SendableState): AloneState {
  return state.kind === 'alone' ? { ...state, mayBePut: true } : { ...ALONE, mayBePut: true };
}

/** How a connection ended on which one message was alone under way. */
export interface LonelyEnd {
  /** Why; `BROKER_BLOCKED` where the message was not confirmed in time. */
  readonly fault: BrokerError;
  /** An ERROR that named no message, and came before. */
  readonly stray: Refusal | undefined;
  /** How much was taken in this put, trials included. */
  readonly taken: number;
  /** The name of the broker. */
  readonly broker: string;
}

/**
 * The connection ended while the message was alone under way. One end is nobody's fault. The message is believed to be
 * the cause after the second end without a confirmation, or the third of another kind; the caller sees to it that the
 * broker takes another message between two of them. An ERROR that names no message is believed to be about this one
 * when it has come twice.
 */
export function connectionEndedAlone(
  state: SendableState,
  { fault, stray, taken, broker }: LonelyEnd,
): AloneState | AccusedState | SettledState {
  const before = connectionEnded(state);
  const { ends, strays } = before.broker === broker ? before : ALONE;
  const next: AloneState = {
    kind: 'alone',
    mayBePut: true,
    ends: ends + 1,
    strays: strays + (stray === undefined ? 0 : 1),
    takenAtEnd: taken,
    broker,
  };
  if (stray !== undefined && next.strays === STRAYS_TO_BELIEVE) return refused(next, stray);
  const unconfirmed = fault.code === 'BROKER_BLOCKED';
  if (next.ends < (unconfirmed ? UNCONFIRMED_TO_BELIEVE : ENDS_TO_BELIEVE)) return next;
  const cause = new BrokerError(unconfirmed ? 'MESSAGE_NOT_CONFIRMED' : 'MESSAGE_ENDS_CONNECTION');
  return { kind: 'settled', outcome: { kind: 'retry', mayBePut: true, ...reasonOf(cause) } };
}

const STRAYS_TO_BELIEVE = 2;
/** Each costs a receipt limit. */
const UNCONFIRMED_TO_BELIEVE = 2;
const ENDS_TO_BELIEVE = 3;

/** How much is known of the message, as a number: it grows with each sign that it is at fault, and is largest at the end. */
export function knowledgeIn(state: MessageState): number {
  if (state.kind === 'settled') return STRAYS_TO_BELIEVE + 1;
  const sendable = sendableStateOf(state);
  return sendable.kind === 'alone' ? sendable.strays : 0;
}

function reasonOf({ code, message: text }: BrokerError): { readonly code: string; readonly text: string } {
  return { code, text };
}

/** Shared by all messages, of which nearly all are never in another state. */
const BATCHED: BatchedState = { kind: 'batched' };
const SENT: SettledState = { kind: 'settled', outcome: { kind: 'sent' } };
const ALONE: AloneState = {
  kind: 'alone',
  mayBePut: false,
  ends: 0,
  strays: 0,
  takenAtEnd: 0,
  broker: undefined,
};
