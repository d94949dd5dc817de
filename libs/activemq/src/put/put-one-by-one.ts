import { setTimeout as pause } from 'node:timers/promises';
import type { OutboundMessage } from '@comms/delivery';
import { BrokerError } from '../broker-error.js';
import { ENDS_AFTER_ERROR } from '../stomp/dialect.js';
import type { Refusal } from '../stomp/refusal.js';
import type { Answer } from '../stomp/stomp-session.js';
import { FrameBuffer } from '../stomp/frame-buffer.js';
import {
  type AccusedState,
  type LossOfOnlyMessage,
  blamed,
  confirmed,
  connectionEnded,
  connectionEndedByRefusal,
  onlyMessageLost,
  type MessageState,
  mayBePut,
  type PendingMessage,
  refused,
  type SendableState,
  tooLarge,
} from './message-state.js';
import { type EarlyStop, type PutContext, timeIsUp } from './put-context.js';
import { tryBroker } from './try-broker.js';

/**
 * Puts each message without a transaction and with its own receipt, up to 64 at once: each answer names its message.
 * Until the broker has taken one message they go one after the other, so that a fault of the broker costs only one.
 * Takes no further message once `isOver`; then the first messages are settled, and the others are as they were.
 */
export async function putOneByOne(
  messages: readonly PendingMessage[],
  context: PutContext,
  isOver: () => boolean = () => false,
): Promise<EarlyStop | undefined> {
  const rest = messages.values();
  while (context.tally.taken === 0) {
    const first = rest.next();
    if (first.done === true) return undefined;
    const stop = await putOne(first.value, context, 'exclusive');
    if (stop !== undefined) return stop;
  }
  let stop: EarlyStop | undefined;
  const lane = async () => {
    for (const message of rest) {
      const ownStop = await putOne(message, context, 'shared');
      if (stop?.ends !== 'put') stop = ownStop ?? stop;
      if (stop !== undefined || isOver()) return;
    }
  };
  await Promise.all(Array.from({ length: lanesFor(messages, context) }, lane));
  return stop;
}

/**
 * Puts one message after the other, so that whatever happens to the connection is about one message. First come those that
 * have ended connections before. Before such a message goes again, the broker must have taken another one, or an empty one.
 */
export async function putEachAlone(
  messages: readonly PendingMessage[],
  context: PutContext,
): Promise<EarlyStop | undefined> {
  const worstFirst = [...messages].sort((a, b) => endsOf(b) - endsOf(a));
  for (const message of worstFirst) {
    const stop = (await tryBrokerBefore(message, context)) ?? (await putOne(message, context, 'exclusive'));
    if (stop !== undefined) return stop;
  }
  return undefined;
}

function endsOf({ state }: PendingMessage): number {
  return state.kind === 'alone' ? state.ends : 0;
}

async function tryBrokerBefore(
  { state }: PendingMessage,
  context: PutContext,
): Promise<EarlyStop | undefined> {
  if (state.kind !== 'alone' || state.ends === 0) return undefined;
  return state.takenAtEnd === context.tally.taken ? tryBroker(context) : undefined;
}

/** Only a few large messages go at once, because each message under way is in memory. */
function lanesFor(messages: readonly PendingMessage[], { cap }: PutContext): number {
  const largest = messages.reduce((size, { message }) => Math.max(size, message.body.length), 1);
  return Math.max(1, Math.min(cap.singlesAtOnce, Math.floor(cap.size.bytes / largest)));
}

/** Whether other messages are under way on the connection. */
type ConnectionUse = 'exclusive' | 'shared';

async function putOne(
  message: PendingMessage,
  context: PutContext,
  use: ConnectionUse,
): Promise<EarlyStop | undefined> {
  const { state } = message;
  if (state.kind === 'settled') return undefined;
  if (!context.hasTime()) return timeIsUp();
  if (state.kind === 'accused') return settleAccused(message, state, context);
  const answer = await send(message.message, mayBePut(state), context);
  switch (answer.kind) {
    case 'receipt':
      message.state = confirmed();
      countConfirmed(context);
      return undefined;
    case 'lost':
      message.state = afterLoss(state, answer, { use, broker: context.broker, taken: context.tally.taken });
      return { ends: 'connection', cause: answer.cause, afterRefusal: isEndByRefusal(answer) };
    case 'refused':
      if (answer.afterRefusal && endsAfterError(context)) {
        message.state = connectionEndedByRefusal(state);
        return endByRefusal();
      }
      if (!mayMakeRoom(answer.refusal, context)) {
        const stop = await settleRefused(message, refused(state, answer.refusal), context);
        return stop ?? (endsAfterError(context) ? endByRefusal() : undefined);
      }
      await pause(ROOM_PAUSE_MS);
      return putOne(message, context, use);
  }
}

function send(message: OutboundMessage, sentBefore: boolean, context: PutContext): Promise<Answer> {
  const { session, singles, receiptTimeout } = context;
  const receipt = session.nextReceiptId();
  const frame = new FrameBuffer();
  singles.addTo(frame, message, { possibleDuplicate: message.possibleDuplicate || sentBefore, receipt });
  return session.request(frame, receipt, receiptTimeout);
}

function countConfirmed({ broker, health, cap, tally }: PutContext): void {
  tally.hasTaken(1);
  health.confirmed(broker);
  if (cap.confirmedWithoutTransaction()) health.transactionsShrunk(broker, cap.size);
}

/** A broker that had no room for our transaction still reports that it is full while it removes the transaction. */
function mayMakeRoom({ error }: Refusal, { cap, tally }: PutContext): boolean {
  if (error.code !== 'BROKER_FULL' || !cap.isInDoubt || tally.roomPauses === MAX_ROOM_PAUSES) return false;
  tally.roomPauses += 1;
  return true;
}

const ROOM_PAUSE_MS = 200;
const MAX_ROOM_PAUSES = 5;

/** Where a trial is needed and the broker ends the connection after its ERROR, as STOMP demands, the message stays accused. */
async function settleRefused(
  message: PendingMessage,
  accused: AccusedState,
  context: PutContext,
): Promise<EarlyStop | undefined> {
  if (accused.refusal.scope === 'queue') return { ends: 'put', cause: accused.refusal.error };
  message.state = accused;
  return settleAccused(message, accused, context);
}

/** A message is blamed for a refusal only where the broker has taken another one during the same put, and not long ago. */
async function settleAccused(
  message: PendingMessage,
  accused: AccusedState,
  context: PutContext,
): Promise<EarlyStop | undefined> {
  const { tally, cap } = context;
  const stop = tally.brokerTakesOthers ? undefined : await tally.sharedTrial(() => tryBroker(context));
  if (stop !== undefined) return stop;
  message.state = blamed(accused);
  tally.hasBlamed();
  cap.messageRefused();
  return undefined;
}

/** Whether the broker ends the connection after each ERROR, as far as is known: it gets nothing more over it. */
function endsAfterError({ session, cap }: PutContext): boolean {
  return ENDS_AFTER_ERROR[session.dialect] || cap.singlesAtOnce === 1;
}

function endByRefusal(): EarlyStop {
  return { ends: 'connection', cause: new BrokerError('BROKER_CONNECTION_LOST'), afterRefusal: true };
}

type Loss = Extract<Answer, { kind: 'lost' }>;

function isEndByRefusal({ afterRefusal, cause }: Loss): boolean {
  return afterRefusal && cause.code === 'BROKER_CONNECTION_LOST';
}

function afterLoss(
  state: SendableState,
  loss: Loss,
  { use, ...seen }: Pick<LossOfOnlyMessage, 'taken' | 'broker'> & { readonly use: ConnectionUse },
): MessageState {
  const { leftProcess, cause, unnamedError } = loss;
  if (!leftProcess) return state;
  if (isEndByRefusal(loss)) return connectionEndedByRefusal(state);
  if (use === 'shared' || cause.code === 'BROKER_CLOSED') return connectionEnded(state);
  if (cause.code === 'BROKER_MESSAGE_TOO_LARGE') return tooLarge(cause);
  return onlyMessageLost(state, { cause, unnamedError, ...seen });
}
