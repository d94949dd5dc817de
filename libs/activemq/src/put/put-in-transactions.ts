import { BrokerError } from '../broker-error.js';
import type { Dialect } from '../stomp/dialect.js';
import { encodeLines } from '../stomp/encode-frame.js';
import type { Refusal } from '../stomp/refusal.js';
import type { Answer } from '../stomp/stomp-session.js';
import type { FrameBuffer } from '../stomp/frame-buffer.js';
import { MessageFrames } from './message-frames.js';
import { confirmed, type PendingMessage, transactionFailed } from './message-state.js';
import { type PassEnd, type PutContext, timeIsUp } from './put-context.js';
import { putOneByOne } from './put-one-by-one.js';
import { bytesInBroker } from './transaction-cap.js';
import { TRANSACTION_ID } from './transaction-id.js';

/**
 * Puts messages in transactions as large as the cap allows, one transaction after the other. All messages of a
 * transaction share its outcome; those of one that was not confirmed are to go one by one over a new connection.
 */
export async function putInTransactions(
  messages: readonly PendingMessage[],
  context: PutContext,
): Promise<PassEnd | undefined> {
  let rest = messages;
  while (rest.length > 0) {
    const load = loadOf(rest, context);
    // A transaction of one would only hide which message an ERROR is about.
    const end =
      load === undefined ? await putOneByOne(rest.slice(0, 1), context) : await putLoad(load, context);
    if (end !== undefined) return end;
    rest = rest.slice(load?.messages.length ?? 1);
  }
  return undefined;
}

/** The messages of one transaction, encoded. */
interface Load {
  readonly messages: readonly PendingMessage[];
  /** From BEGIN to COMMIT. */
  readonly frames: FrameBuffer;
  /** What the broker is asked to confirm; COMMIT comes last. */
  readonly receipts: readonly string[];
  readonly bytes: number;
}

/** As many of the first messages as the cap allows; undefined where that is one alone. */
function loadOf(messages: readonly PendingMessage[], { session, queue, cap }: PutContext): Load | undefined {
  if (messages.length === 1) return undefined;
  const { dialect, transactionFrames: frames } = session;
  const transaction = TRANSACTION_ID;
  const encoder = new MessageFrames({ queue, dialect, transaction });
  const receipts: string[] = [];
  let count = 0;
  let bytes = 0;
  frames.clear();
  frames.add(encodeLines('BEGIN', { transaction }));
  for (const { message } of messages.slice(0, cap.size.rows)) {
    const receipt = CONFIRMS_EACH[dialect] ? session.nextReceiptId() : undefined;
    const size = bytesInBroker(
      encoder.addTo(frames, message, { possibleDuplicate: message.possibleDuplicate, receipt }),
    );
    if (count > 0 && bytes + size > cap.size.bytes) {
      frames.takeBack();
      break;
    }
    if (receipt !== undefined) receipts.push(receipt);
    count += 1;
    bytes += size;
  }
  if (count === 1) return undefined;
  const receipt = session.nextReceiptId();
  frames.add(encodeLines('COMMIT', { transaction, receipt }));
  return { messages: messages.slice(0, count), frames, receipts: [...receipts, receipt], bytes };
}

/**
 * Whether each message of a transaction asks for a receipt. Artemis may confirm a COMMIT before it tells of the messages
 * that it has refused, so that only their own receipts prove that it took them. Classic would answer each before COMMIT,
 * and confirm a COMMIT that lacks some.
 */
const CONFIRMS_EACH: Readonly<Record<Dialect, boolean>> = { artemis: true, classic: false };

async function putLoad(load: Load, context: PutContext): Promise<PassEnd | undefined> {
  const { session, receiptTimeout } = context;
  if (!context.hasTime()) return timeIsUp();
  const answers = await session.requestAll(load.frames, load.receipts, receiptTimeout);
  if (!answers.every(isClean)) return failed(load, answers, context);
  for (const message of load.messages) message.state = confirmed();
  context.tally.taken += load.messages.length;
  context.cap.confirmed();
  context.health.confirmed(context.broker);
  return undefined;
}

function isClean(answer: Answer): boolean {
  return answer.kind === 'receipt' && answer.stray === undefined;
}

function failed(
  { messages, bytes }: Load,
  answers: readonly Answer[],
  { broker, health, cap }: PutContext,
): PassEnd {
  const { fault, outcomeUnknown } = verdictOn(answers);
  const rows = messages.length;
  health.transactionFailed(broker, rows, fault);
  for (const message of messages) message.state = transactionFailed(outcomeUnknown);
  if (SIZE_FAULTS.has(fault.code)) cap.gotNowhere({ rows, bytes });
  return { fault, giveUp: false };
}

/** What a broker says, or does not say, of a transaction for which it has no room. */
const SIZE_FAULTS = new Set<string>(['BROKER_BLOCKED', 'BROKER_FULL']);

/** A refused COMMIT means rolled back. All else may have been stored, wholly or, after an ERROR for a message, in part. */
function verdictOn(answers: readonly Answer[]): { fault: BrokerError; outcomeUnknown: boolean } {
  const commit = answers.at(-1);
  const refusal = answers.map(refusalIn).find((found) => found !== undefined);
  if (commit?.kind === 'lost') return { fault: lossOf(commit.fault, refusal), outcomeUnknown: commit.sent };
  const fault = refusal === undefined ? new BrokerError('BROKER_ERROR') : reasonOf(refusal);
  return { fault, outcomeUnknown: commit?.kind !== 'refused' };
}

function refusalIn(answer: Answer): Refusal | undefined {
  return answer.stray ?? (answer.kind === 'refused' ? answer.refusal : undefined);
}

/** Artemis says why in an ERROR, and closes. */
function lossOf(fault: BrokerError, refusal: Refusal | undefined): BrokerError {
  return refusal?.scope === 'queue' ? refusal.error : fault;
}

/** Classic says why at the SEND, and of the COMMIT only that it is rolled back. */
function reasonOf({ scope, error, detail }: Refusal): BrokerError {
  return scope === 'queue' ? error : new BrokerError('BROKER_REFUSED_TRANSACTION', { detail, cause: error });
}
