import { BrokerError } from '../broker-error.js';
import { encodeLines } from '../stomp/encode-frame.js';
import { FrameBuffer } from '../stomp/frame-buffer.js';
import type { Refusal } from '../stomp/refusal.js';
import type { Answer } from '../stomp/stomp-session.js';
import { destinationHeaders } from './destination-headers.js';
import { type PassEnd, type PutContext, timeIsUp } from './put-context.js';
import { TRANSACTION_ID } from './transaction-id.js';

/**
 * Finds out whether a broker that has refused a message refuses whatever is put: puts an empty one in a transaction that
 * is taken back, so that nobody ever reads it. Answers nothing where the broker takes it.
 */
export async function tryBroker(context: TrialContext): Promise<PassEnd | undefined> {
  const { session, broker, health, tally, receiptTimeout } = context;
  if (!context.hasTime()) return timeIsUp();
  const receipt = session.nextReceiptId();
  const answer = await session.request(trialFrames(context, receipt), receipt, receiptTimeout);
  const end = endAfter(answer);
  if (end === undefined) {
    tally.taken += 1;
    health.confirmed(broker);
  } else {
    // The broker may believe that the transaction is still open.
    session.destroy(end.fault);
  }
  return end;
}

type TrialContext = Omit<PutContext, 'cap'>;

/** The receipt is for the SEND: that the broker takes it is all that is asked. Classic tells no refusal without one. */
function trialFrames({ session, queue }: TrialContext, receipt: string): FrameBuffer {
  const transaction = TRANSACTION_ID;
  const headers = {
    ...destinationHeaders(queue, session.dialect),
    persistent: 'true',
    'content-type': 'application/json',
    transaction,
    receipt,
  };
  const frames = new FrameBuffer();
  frames.add(encodeLines('BEGIN', { transaction }));
  frames.add(encodeLines('SEND', headers), '{}');
  frames.add(encodeLines('ABORT', { transaction }));
  return frames;
}

function endAfter(answer: Answer): PassEnd | undefined {
  const refusal = answer.kind === 'refused' ? (answer.stray ?? answer.refusal) : answer.stray;
  if (refusal !== undefined) return endAfterRefusal(refusal);
  if (answer.kind !== 'lost') return undefined;
  return { fault: answer.fault, giveUp: answer.fault.code === 'BROKER_BLOCKED' };
}

function endAfterRefusal({ scope, error, detail }: Refusal): PassEnd {
  const refusesAll = new BrokerError('BROKER_REFUSES_ALL', { detail, cause: error });
  return { fault: scope === 'queue' ? error : refusesAll, giveUp: true };
}
