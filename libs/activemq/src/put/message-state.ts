import type { OutboundMessage, PutOutcome } from '@comms/delivery';
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
export interface BatchedState {
  readonly kind: 'batched';
}

/** It goes with a receipt of its own: its transaction failed, or it may have been put before this put. */
export interface SingleState {
  readonly kind: 'single';
  /** This put has sent it, and does not know the outcome. */
  readonly mayBePut: boolean;
}

/** A connection ended while it was under way, so it may be put: it goes while nothing else is under way. */
export interface AloneState {
  readonly kind: 'alone';
  /** How many connections ended while it was alone under way, */
  readonly ends: number;
  /** and how many of these with an ERROR that named no message. */
  readonly strays: number;
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

export function pending(message: OutboundMessage): PendingMessage {
  return { message, state: message.possibleDuplicate ? { kind: 'single', mayBePut: false } : BATCHED };
}

export function isOpen({ state }: PendingMessage): boolean {
  return state.kind !== 'settled';
}

/** How the message is sent, or was sent before it was refused. */
export function sendableStateOf(state: OpenState): SendableState {
  return state.kind === 'accused' ? state.before : state;
}

/** Whether this put has sent the message and does not know the outcome. */
export function mayBePut(state: OpenState): boolean {
  const sendable = sendableStateOf(state);
  return sendable.kind === 'alone' || (sendable.kind === 'single' && sendable.mayBePut);
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
export function blamed({ scope, error }: Pick<Refusal, 'scope' | 'error'>): SettledState {
  const { code, message: text } = error;
  return { kind: 'settled', outcome: { kind: scope === 'final' ? 'failed' : 'retry', code, text } };
}

/** The connection ended while the message was one of several under way. */
export function connectionEnded(state: SendableState): AloneState {
  return state.kind === 'alone' ? state : { kind: 'alone', ends: 0, strays: 0 };
}

/**
 * The connection ended while the message was alone under way, perhaps after an ERROR that named no message (a stray).
 * Such an ERROR is believed to be about the message once it has come twice.
 */
export function connectionEndedAlone(
  state: SendableState,
  stray: Refusal | undefined,
): AloneState | AccusedState {
  const { ends, strays } = connectionEnded(state);
  const next: AloneState = {
    kind: 'alone',
    ends: ends + 1,
    strays: strays + (stray === undefined ? 0 : 1),
  };
  return stray !== undefined && next.strays === STRAYS_TO_BELIEVE ? refused(next, stray) : next;
}

const STRAYS_TO_BELIEVE = 2;

/** How much is known of the message, as a number: it grows with each sign that it is at fault, and is largest at the end. */
export function knowledgeIn(state: MessageState): number {
  if (state.kind === 'settled') return STRAYS_TO_BELIEVE + 1;
  const sendable = sendableStateOf(state);
  return sendable.kind === 'alone' ? sendable.strays : 0;
}

/** Shared by all messages, of which nearly all are never in another state. */
const BATCHED: BatchedState = { kind: 'batched' };
const SENT: SettledState = { kind: 'settled', outcome: { kind: 'sent' } };
