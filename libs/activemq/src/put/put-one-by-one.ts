import { setTimeout as pause } from 'node:timers/promises';
import type { OutboundMessage } from '@comms/delivery';
import type { Refusal } from '../stomp/refusal.js';
import type { Answer } from '../stomp/stomp-session.js';
import { FrameBuffer } from '../stomp/frame-buffer.js';
import { MessageFrames } from './message-frames.js';
import {
  type AccusedState,
  blamed,
  confirmed,
  connectionEnded,
  connectionEndedAlone,
  type LonelyEnd,
  type MessageState,
  mayBePut,
  type PendingMessage,
  refused,
  type SendableState,
  tooLarge,
} from './message-state.js';
import { type PassEnd, type PutContext, timeIsUp } from './put-context.js';
import { tryBroker } from './try-broker.js';

/**
 * Puts messages each with a receipt of its own, up to 64 under way at once, since each answer names its message. Until
 * the broker has taken one they go one after the other, so that whatever meets every message meets only one.
 */
export async function putOneByOne(
  messages: readonly PendingMessage[],
  context: PutContext,
): Promise<PassEnd | undefined> {
  const rest = messages.values();
  while (context.tally.taken === 0) {
    const first = rest.next();
    if (first.done === true) return undefined;
    const end = await putOne(first.value, context, { alone: true });
    if (end !== undefined) return end;
  }
  let end: PassEnd | undefined;
  const lane = async () => {
    for (const message of rest) {
      end = (await putOne(message, context, { alone: false })) ?? end;
      if (end !== undefined) return;
    }
  };
  await Promise.all(Array.from({ length: lanesFor(messages, context) }, lane));
  return end;
}

/**
 * Puts messages with nothing else under way, so that whatever happens is about the one; first those that have ended
 * connections before. Before such a message goes again the broker must have taken another one, if only an empty one.
 */
export async function putAlone(
  messages: readonly PendingMessage[],
  context: PutContext,
): Promise<PassEnd | undefined> {
  const worstFirst = [...messages].sort((a, b) => endsOf(b) - endsOf(a));
  for (const message of worstFirst) {
    const end =
      (await tryBrokerBefore(message, context)) ?? (await putOne(message, context, { alone: true }));
    if (end !== undefined) return end;
  }
  return undefined;
}

function endsOf({ state }: PendingMessage): number {
  return state.kind === 'alone' ? state.ends : 0;
}

async function tryBrokerBefore({ state }: PendingMessage, context: PutContext): Promise<PassEnd | undefined> {
  if (state.kind !== 'alone' || state.ends === 0) return undefined;
  return state.takenAtEnd === context.tally.taken ? tryBroker(context) : undefined;
}

const MAX_LANES = 64;

/** Large messages go few at a time: what is under way stands in memory. */
function lanesFor(messages: readonly PendingMessage[], { cap }: PutContext): number {
  const largest = messages.reduce((size, { message }) => Math.max(size, message.body.length), 1);
  return Math.max(1, Math.min(MAX_LANES, Math.floor(cap.size.bytes / largest)));
}

/** Whether nothing else is under way on the connection. */
interface Company {
  readonly alone: boolean;
}

async function putOne(
  message: PendingMessage,
  context: PutContext,
  company: Company,
): Promise<PassEnd | undefined> {
  const { state } = message;
  if (state.kind === 'settled') return undefined;
  if (!context.hasTime()) return timeIsUp();
  if (state.kind === 'accused') return settleAccused(message, state, context);
  const answer = await send(message.message, mayBePut(state), context);
  switch (answer.kind) {
    case 'receipt':
      message.state = confirmed();
      accepted(context);
      return undefined;
    case 'lost':
      message.state = afterLoss(state, answer, {
        ...company,
        broker: context.broker,
        taken: context.tally.taken,
      });
      return { fault: answer.fault, giveUp: false };
    case 'refused':
      if (!mayMakeRoom(answer.refusal, context))
        return settleRefused(message, refused(state, answer.refusal), context);
      await pause(ROOM_PAUSE_MS);
      return putOne(message, context, company);
  }
}

function send(message: OutboundMessage, sentBefore: boolean, context: PutContext): Promise<Answer> {
  const { session, queue, receiptTimeout } = context;
  const receipt = session.nextReceiptId();
  const frame = new FrameBuffer();
  const possibleDuplicate = message.possibleDuplicate || sentBefore;
  new MessageFrames({ queue, dialect: session.dialect }).addTo(frame, message, {
    possibleDuplicate,
    receipt,
  });
  return session.request(frame, receipt, receiptTimeout);
}

function accepted({ broker, health, cap, tally }: PutContext): void {
  tally.taken += 1;
  health.confirmed(broker);
  if (cap.singlePassed()) health.transactionsShrunk(broker, cap.size);
}

/** A broker that had no room for our transaction says so still while it takes that one down. */
function mayMakeRoom({ error }: Refusal, { cap, tally }: PutContext): boolean {
  if (error.code !== 'BROKER_FULL' || !cap.suspected || tally.roomPauses === MAX_ROOM_PAUSES) return false;
  tally.roomPauses += 1;
  return true;
}

const ROOM_PAUSE_MS = 200;
const MAX_ROOM_PAUSES = 5;

/** The message stays accused where the broker ends the connection after its ERROR, as STOMP has it. */
async function settleRefused(
  message: PendingMessage,
  accused: AccusedState,
  context: PutContext,
): Promise<PassEnd | undefined> {
  if (accused.refusal.scope === 'queue') return { fault: accused.refusal.error, giveUp: true };
  message.state = accused;
  return settleAccused(message, accused, context);
}

/** A message is blamed for a refusal only where the broker has taken another one during the same put. */
async function settleAccused(
  message: PendingMessage,
  accused: AccusedState,
  context: PutContext,
): Promise<PassEnd | undefined> {
  const end = context.tally.taken > 0 ? undefined : await tryBroker(context);
  if (end === undefined) message.state = blamed(accused);
  return end;
}

function afterLoss(
  state: SendableState,
  { sent, fault, stray }: Extract<Answer, { kind: 'lost' }>,
  { alone, ...seen }: Company & Pick<LonelyEnd, 'taken' | 'broker'>,
): MessageState {
  if (!sent) return state;
  if (!alone || fault.code === 'BROKER_CLOSED') return connectionEnded(state);
  if (fault.code === 'BROKER_MESSAGE_TOO_LARGE') return tooLarge(fault);
  return connectionEndedAlone(state, { fault, stray, ...seen });
}
