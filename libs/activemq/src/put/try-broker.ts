import { BrokerError } from '../broker-error.js';
import { destinationHeaders, TRANSACTION_ID } from '../stomp/dialect.js';
import { encodeLines } from '../stomp/encode-frame.js';
import { FrameBuffer } from '../stomp/frame-buffer.js';
import type { Refusal } from '../stomp/refusal.js';
import type { Answer } from '../stomp/stomp-session.js';
import { type EarlyStop, type PutContext, timeIsUp } from './put-context.js';

/**
 * Finds out whether a broker that has refused a message, or left one without a receipt, refuses every message. It puts an empty one in a transaction and
 * aborts the transaction, so that no consumer reads it. Returns nothing where the broker takes it.
 */
export async function tryBroker(context: TrialContext): Promise<EarlyStop | undefined> {
  const { session, broker, health, tally, receiptTimeout } = context;
  if (!context.hasTime()) return timeIsUp();
  const receipt = session.nextReceiptId();
  const answer = await session.request(trialFrames(context, receipt), receipt, receiptTimeout);
  const stop = stopAfter(answer);
  if (stop === undefined) {
    tally.hasTaken(1);
    health.confirmed(broker);
  } else {
    // For the broker the transaction may still be open.
    session.destroy(stop.cause);
  }
  return stop;
}

type TrialContext = Omit<PutContext, 'cap' | 'singles'>;

/** The receipt is for the SEND. Without one a Classic without room makes only the COMMIT fail, and this transaction has none. */
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

function stopAfter(answer: Answer): EarlyStop | undefined {
  const refusal = answer.unnamedError ?? (answer.kind === 'refused' ? answer.refusal : undefined);
  if (refusal !== undefined) return { ends: 'put', cause: causeOf(refusal) };
  if (answer.kind !== 'lost') return undefined;
  return { ends: answer.cause.code === 'BROKER_BLOCKED' ? 'put' : 'connection', cause: answer.cause };
}

function causeOf({ scope, error, detail }: Refusal): BrokerError {
  return scope === 'queue' ? error : new BrokerError('BROKER_REFUSES_ALL', { detail, cause: error });
}
