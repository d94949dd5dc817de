import { BrokerError } from '../broker-error.js';
import { encodeFrame } from '../stomp/encode-frame.js';
import type { Refusal } from '../stomp/refusal.js';
import type { Answer } from '../stomp/stomp-session.js';
import { messageFrame } from './message-frame.js';
import type { Parcel } from './parcel.js';
import type { PassEnd, PutContext } from './put-context.js';
import { putOneByOne } from './put-one-by-one.js';
import { bytesInBroker } from './transaction-cap.js';
import { TRANSACTION_ID } from './transaction-id.js';

/**
 * Puts messages in transactions as large as the cap allows, one transaction after the other. All messages of a
 * transaction share its outcome; those of one that was not confirmed are to go one by one over a new connection.
 */
export async function putInTransactions(
  parcels: readonly Parcel[],
  context: PutContext,
): Promise<PassEnd | undefined> {
  for (let start = 0; start < parcels.length;) {
    const load = loadFrom(parcels, start, context);
    // A transaction of one would only hide which message an ERROR is about.
    const end =
      load.parcels.length === 1 ? await putOneByOne(load.parcels, context) : await putLoad(load, context);
    if (end !== undefined) return end;
    start += load.parcels.length;
  }
  return undefined;
}

/** The messages of one transaction, encoded. */
interface Load {
  readonly parcels: readonly Parcel[];
  readonly frames: readonly string[];
  readonly bytes: number;
}

function loadFrom(parcels: readonly Parcel[], start: number, { session, queue, cap }: PutContext): Load {
  const { dialect } = session;
  const frames: string[] = [];
  let bytes = 0;
  for (const { message, possibleDuplicate } of parcels.slice(start, start + cap.size.rows)) {
    const envelope = { transaction: TRANSACTION_ID };
    const frame = messageFrame(message, { queue, dialect, possibleDuplicate, envelope });
    const size = bytesInBroker(Buffer.byteLength(frame));
    if (frames.length > 0 && bytes + size > cap.size.bytes) break;
    frames.push(frame);
    bytes += size;
  }
  return { parcels: parcels.slice(start, start + frames.length), frames, bytes };
}

async function putLoad(load: Load, context: PutContext): Promise<PassEnd | undefined> {
  const { session, receiptTimeout } = context;
  if (!context.hasTime()) return { fault: new BrokerError('BROKER_PUT_TIMEOUT'), giveUp: true };
  const receipt = session.nextReceiptId();
  // No receipts inside: Classic would then answer each SEND before COMMIT, and confirm a COMMIT that lacks some.
  const answer = await session.request(
    [
      encodeFrame('BEGIN', { transaction: TRANSACTION_ID }),
      ...load.frames,
      encodeFrame('COMMIT', { transaction: TRANSACTION_ID, receipt }),
    ],
    receipt,
    receiptTimeout,
  );
  if (answer.kind !== 'receipt' || answer.stray !== undefined) return failed(load, answer, context);
  for (const parcel of load.parcels) parcel.outcome = { kind: 'sent' };
  context.tally.brokerTakes = true;
  context.cap.confirmed();
  context.link.confirmed();
  return undefined;
}

function failed(load: Load, answer: Answer, { link, cap }: PutContext): PassEnd {
  const { fault, mayBePut } = verdictOn(answer);
  link.transactionFailed(load.parcels.length, fault);
  for (const parcel of load.parcels) {
    parcel.singly = true;
    parcel.mayBePut ||= mayBePut;
  }
  if (SIZE_FAULTS.has(fault.code)) cap.gotNowhere({ rows: load.parcels.length, bytes: load.bytes });
  return { fault, giveUp: false };
}

/** What a broker says, or does not say, of a transaction for which it has no room. */
const SIZE_FAULTS = new Set<string>(['BROKER_BLOCKED', 'BROKER_FULL']);

/** Refused means rolled back. All else may have been stored, wholly or, after a stray ERROR, in part. */
function verdictOn(answer: Answer): { fault: BrokerError; mayBePut: boolean } {
  if (answer.kind === 'lost') return { fault: lossOf(answer), mayBePut: answer.sent };
  if (answer.kind === 'receipt') return { fault: new BrokerError('BROKER_ERROR'), mayBePut: true };
  return { fault: reasonOf(answer.stray ?? answer.refusal), mayBePut: false };
}

/** Artemis says why in an ERROR that names nobody, and closes. */
function lossOf({ fault, stray }: Extract<Answer, { kind: 'lost' }>): BrokerError {
  return stray?.scope === 'queue' ? stray.error : fault;
}

/** Classic says why at the SEND, and of the COMMIT only that it is rolled back. */
function reasonOf({ scope, error, detail }: Refusal): BrokerError {
  return scope === 'queue' ? error : new BrokerError('BROKER_REFUSED_TRANSACTION', { detail, cause: error });
}
