import type { OutboundMessage, PutOutcome } from '@comms/delivery';
import { BrokerError } from '../broker-error.js';
import type { Refusal } from '../stomp/refusal.js';

/** One message of a put. Only its state changes. README.md of this library draws the states. */
export interface PendingMessage {
  readonly message: OutboundMessage;
  state: MessageState;
}

/** The state of a message of a put. */
export type MessageState = OpenState | SettledState;

/** The broker has not decided yet. */
export type OpenState = SendableState | AccusedState;

/** The message is to be sent, for the first time or again. */
export type SendableState = InTransactionState | SingleState | AloneState;

/** Not sent yet in this put: it goes in a transaction; or by itself after messages that were refused, or where it would be the only one. */
interface InTransactionState {
  readonly kind: 'inTransaction';
}

/** It goes with its own receipt: it may have been put before this put, or was sent in it without an outcome of its own. */
export interface SingleState {
  readonly kind: 'single';
  /** This put has sent it, and does not know the outcome. */
  readonly mayBePut: boolean;
}

/**
 * It goes over a connection on which nothing else is under way: a connection ended while it was under way, or it is a
 * possible duplicate whose earlier tries failed.
 */
export interface AloneState {
  readonly kind: 'alone';
  /** This put has sent it, and does not know the outcome. */
  readonly mayBePut: boolean;
  /** How many connections to one broker ended in a row while only this message was under way. */
  readonly ends: number;
  /** How many of these connections ended after an ERROR that named no message. */
  readonly unnamedErrors: number;
  /** How many messages the broker had taken in this put when the last of them ended. */
  readonly takenAtEnd: number;
  /** The name of that broker. What another broker does is no evidence. */
  readonly broker: string | undefined;
}

/** The broker has refused it. It is at fault as soon as the broker takes another message. */
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
 * The first state of a message. A message that may have been put and whose earlier tries failed may end connections
 * or never be confirmed. It goes alone from the start, so that no other message waits for it.
 */
export function pending(message: OutboundMessage): PendingMessage {
  const { possibleDuplicate, distribution } = message;
  if (!possibleDuplicate) return { message, state: IN_TRANSACTION };
  return { message, state: distribution.retryCount > 0 ? ALONE : { kind: 'single', mayBePut: false } };
}

export function isOpen({ state }: PendingMessage): boolean {
  return state.kind !== 'settled';
}

/** Whether the message is still open and goes over a separate connection. */
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
  return sendable.kind !== 'inTransaction' && sendable.mayBePut;
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

/** The connection ended because the one message under way was too large for the broker. */
export function tooLarge(cause: BrokerError): SettledState {
  return { kind: 'settled', outcome: { kind: 'failed', ...reasonOf(cause) } };
}

/** The connection ended while the message was one of several under way, or this process ended it. */
export function connectionEnded(state: SendableState): AloneState {
  return state.kind === 'alone' ? { ...state, mayBePut: true } : { ...ALONE, mayBePut: true };
}

/** The broker ended the connection because it refused another message, as STOMP demands. That says nothing of this one. */
export function connectionEndedByRefusal(state: SendableState): SingleState | AloneState {
  return state.kind === 'alone' ? { ...state, mayBePut: true } : { kind: 'single', mayBePut: true };
}

/** How a connection ended on which only one message was under way. */
export interface LossOfOnlyMessage {
  /** The reason; `BROKER_BLOCKED` where the message was not confirmed in time. */
  readonly cause: BrokerError;
  /** An ERROR that came before and named no message. */
  readonly unnamedError: Refusal | undefined;
  /** How many messages the broker has taken in this put, empty ones included. */
  readonly taken: number;
  /** The name of the broker. */
  readonly broker: string;
}

/**
 * The connection ended while only this message was under way. One such end proves nothing. The message counts as the cause
 * after the second end without a confirmation, or after the third end of another kind. The caller makes sure that the
 * broker takes another message between two of them. An ERROR that names no message counts as an ERROR about this one when
 * it has come twice.
 */
export function onlyMessageLost(
  state: SendableState,
  { cause, unnamedError, taken, broker }: LossOfOnlyMessage,
): AloneState | AccusedState | SettledState {
  const before = connectionEnded(state);
  const { ends, unnamedErrors } = before.broker === broker ? before : ALONE;
  const next: AloneState = {
    kind: 'alone',
    mayBePut: true,
    ends: ends + 1,
    unnamedErrors: unnamedErrors + (unnamedError === undefined ? 0 : 1),
    takenAtEnd: taken,
    broker,
  };
  if (unnamedError !== undefined && next.unnamedErrors === UNNAMED_ERRORS_TO_BLAME)
    return refused(next, unnamedError);
  const unconfirmed = cause.code === 'BROKER_BLOCKED';
  if (next.ends < (unconfirmed ? UNCONFIRMED_TO_BLAME : ENDS_TO_BLAME)) return next;
  const error = new BrokerError(unconfirmed ? 'MESSAGE_NOT_CONFIRMED' : 'MESSAGE_ENDS_CONNECTION');
  return { kind: 'settled', outcome: { kind: 'retry', mayBePut: true, ...reasonOf(error) } };
}

const UNNAMED_ERRORS_TO_BLAME = 2;
/** Each one costs a receipt timeout. */
const UNCONFIRMED_TO_BLAME = 2;
const ENDS_TO_BLAME = 3;

/** How much is known of the message, as a number. It grows with each ERROR that named no message while it was alone, and is largest when settled. */
export function knowledgeIn(state: MessageState): number {
  if (state.kind === 'settled') return UNNAMED_ERRORS_TO_BLAME + 1;
  const sendable = sendableStateOf(state);
  return sendable.kind === 'alone' ? sendable.unnamedErrors : 0;
}

function reasonOf({ code, message: text }: BrokerError): { readonly code: string; readonly text: string } {
  return { code, text };
}

/** Shared by all messages: nearly all of them are only in these two states. */
const IN_TRANSACTION: InTransactionState = { kind: 'inTransaction' };
const SENT: SettledState = { kind: 'settled', outcome: { kind: 'sent' } };
const ALONE: AloneState = {
  kind: 'alone',
  mayBePut: false,
  ends: 0,
  unnamedErrors: 0,
  takenAtEnd: 0,
  broker: undefined,
};
