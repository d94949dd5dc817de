import { setTimeout as pause } from 'node:timers/promises';
import { BrokerError } from '../broker-error.js';
import type { Refusal } from '../stomp/refusal.js';
import type { Answer } from '../stomp/stomp-session.js';
import { FrameBuffer } from '../stomp/frame-buffer.js';
import { MessageFrames } from './message-frames.js';
import { type Parcel, SENT } from './parcel.js';
import type { PassEnd, PutContext } from './put-context.js';
import { tryBroker } from './try-broker.js';

/**
 * Puts messages each with a receipt of its own, up to 64 under way at once, since each answer names its message. Until
 * the broker has taken one they go one after the other, so that whatever meets every message meets only one.
 */
export async function putOneByOne(
  parcels: readonly Parcel[],
  context: PutContext,
): Promise<PassEnd | undefined> {
  const rest = parcels.values();
  while (!context.tally.brokerTakes) {
    const first = rest.next();
    if (first.done === true) return undefined;
    const end = await putOne(first.value, context, 'alone');
    if (end !== undefined) return end;
  }
  let end: PassEnd | undefined;
  const lane = async () => {
    for (const parcel of rest) {
      end = (await putOne(parcel, context, 'among others')) ?? end;
      if (end !== undefined) return;
    }
  };
  await Promise.all(Array.from({ length: lanesFor(parcels, context) }, lane));
  return end;
}

/** Puts messages with nothing else under way, so that whatever happens is about the one. */
export async function putAlone(
  parcels: readonly Parcel[],
  context: PutContext,
): Promise<PassEnd | undefined> {
  for (const parcel of parcels) {
    const end = await putOne(parcel, context, 'alone');
    if (end !== undefined) return end;
  }
  return undefined;
}

const MAX_LANES = 64;

/** Large messages go few at a time: what is under way stands in memory. */
function lanesFor(parcels: readonly Parcel[], { cap }: PutContext): number {
  const largest = parcels.reduce((size, { message }) => Math.max(size, message.body.length), 1);
  return Math.max(1, Math.min(MAX_LANES, Math.floor(cap.size.bytes / largest)));
}

type Company = 'alone' | 'among others';

async function putOne(parcel: Parcel, context: PutContext, company: Company): Promise<PassEnd | undefined> {
  const { session, queue, receiptTimeout } = context;
  if (!context.hasTime()) return { fault: new BrokerError('BROKER_PUT_TIMEOUT'), giveUp: true };
  if (parcel.suspicion !== undefined) return refused(parcel, parcel.suspicion, context);
  const receipt = session.nextReceiptId();
  const { dialect } = session;
  const { message, possibleDuplicate } = parcel;
  const frame = new FrameBuffer();
  new MessageFrames({ queue, dialect }).addTo(frame, message, { possibleDuplicate, receipt });
  const answer = await session.request(frame, receipt, receiptTimeout);
  if (answer.kind === 'lost') return lost(parcel, answer, company);
  if (answer.kind === 'refused') {
    if (!mayMakeRoom(answer.refusal, context)) return refused(parcel, answer.refusal, context);
    await pause(ROOM_PAUSE_MS);
    return putOne(parcel, context, company);
  }
  accepted(parcel, context);
  return undefined;
}

function accepted(parcel: Parcel, { link, cap, tally }: PutContext): void {
  parcel.outcome = SENT;
  tally.brokerTakes = true;
  link.confirmed();
  if (cap.singlePassed()) link.transactionsShrunk(cap.size);
}

/** A broker that had no room for our transaction says so still while it takes that one down. */
function mayMakeRoom({ error }: Refusal, { cap, tally }: PutContext): boolean {
  if (error.code !== 'BROKER_FULL' || !cap.suspected || tally.roomPauses === MAX_ROOM_PAUSES) return false;
  tally.roomPauses += 1;
  return true;
}

const ROOM_PAUSE_MS = 200;
const MAX_ROOM_PAUSES = 5;

/** A message is blamed for a refusal only where the broker has taken another one during the same put. */
async function refused(parcel: Parcel, refusal: Refusal, context: PutContext): Promise<PassEnd | undefined> {
  if (refusal.scope === 'queue') return { fault: refusal.error, giveUp: true };
  // Kept where the broker ends the connection after its ERROR, as STOMP wants it: the next one is tried at once.
  parcel.suspicion = refusal;
  const end = context.tally.brokerTakes ? undefined : await tryBroker(context);
  if (end === undefined) settleAsRefused(parcel, refusal);
  return end;
}

/** An ERROR that names nobody is believed to be about the message that was alone under way when it has come twice. */
const STRAYS_TO_BELIEVE = 2;

/** A connection that ends is nobody's fault, unless it says that the one message under way was too large for it. */
function lost(
  parcel: Parcel,
  { sent, fault, stray }: Extract<Answer, { kind: 'lost' }>,
  company: Company,
): PassEnd {
  if (sent && company === 'alone' && fault.code === 'BROKER_MESSAGE_TOO_LARGE') {
    settleAsRefused(parcel, { scope: 'final', error: fault });
  } else if (sent) {
    parcel.mayBePut = true;
    parcel.alone = true;
    if (company === 'alone') parcel.losses += 1;
    if (company === 'alone' && stray !== undefined) parcel.strays += 1;
    if (parcel.strays === STRAYS_TO_BELIEVE) parcel.suspicion = stray;
  }
  return { fault, giveUp: fault.code === 'BROKER_BLOCKED' };
}

function settleAsRefused(
  parcel: Parcel,
  { scope, error: { code, message: text } }: Pick<Refusal, 'scope' | 'error'>,
): void {
  parcel.outcome = { kind: scope === 'final' ? 'failed' : 'retry', code, text };
}
