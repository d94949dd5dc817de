import { setTimeout as pause } from 'node:timers/promises';
import type { OutboundMessage } from '@comms/delivery';
import { BrokerError } from '../broker-error.js';
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
  type MessageState,
  mayBePut,
  type PendingMessage,
  refused,
  type SendableState,
} from './message-state.js';
import type { PassEnd, PutContext } from './put-context.js';
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
  while (!context.tally.brokerTakes) {
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

/** Puts messages with nothing else under way, so that whatever happens is about the one. */
export async function putAlone(
  messages: readonly PendingMessage[],
  context: PutContext,
): Promise<PassEnd | undefined> {
  for (const message of messages) {
    const end = await putOne(message, context, { alone: true });
    if (end !== undefined) return end;
  }
  return undefined;
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
  if (!context.hasTime()) return { fault: new BrokerError('BROKER_PUT_TIMEOUT'), giveUp: true };
  if (state.kind === 'accused') return settleAccused(message, state, context);
  const answer = await send(message.message, mayBePut(state), context);
  switch (answer.kind) {
    case 'receipt':
      message.state = confirmed();
      accepted(context);
      return undefined;
    case 'lost':
      message.state = afterLoss(state, answer, company);
      return { fault: answer.fault, giveUp: answer.fault.code === 'BROKER_BLOCKED' };
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
  tally.brokerTakes = true;
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
  const end = context.tally.brokerTakes ? undefined : await tryBroker(context);
  if (end === undefined) message.state = blamed(accused.refusal);
  return end;
}

/** A connection that ends is nobody's fault, unless it says that the one message under way was too large for it. */
function afterLoss(
  state: SendableState,
  { sent, fault, stray }: Extract<Answer, { kind: 'lost' }>,
  { alone }: Company,
): MessageState {
  if (!sent) return state;
  if (!alone) return connectionEnded(state);
  if (fault.code === 'BROKER_MESSAGE_TOO_LARGE') return blamed({ scope: 'final', error: fault });
  return connectionEndedAlone(state, stray);
}
