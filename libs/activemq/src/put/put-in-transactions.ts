import { BrokerError } from '../broker-error.js';
import { CONFIRMS_EACH, TRANSACTION_ID } from '../stomp/dialect.js';
import { encodeLines } from '../stomp/encode-frame.js';
import type { Refusal } from '../stomp/refusal.js';
import type { Answer } from '../stomp/stomp-session.js';
import type { FrameBuffer } from '../stomp/frame-buffer.js';
import { MessageFrames } from './message-frames.js';
import { confirmed, isOpen, type PendingMessage, transactionFailed } from './message-state.js';
import { type EarlyStop, type PutContext, timeIsUp } from './put-context.js';
import { putOneByOne } from './put-one-by-one.js';
import { bytesInBroker } from './transaction-cap.js';

/**
 * Puts messages in transactions as large as the cap allows, one transaction after the other. All messages of a
 * transaction share its outcome. Those of one that was not confirmed go one by one, over a new connection. So do the
 * next messages, over the same connection, while most of their transactions would only fail.
 */
export async function putInTransactions(
  messages: readonly PendingMessage[],
  context: PutContext,
): Promise<EarlyStop | undefined> {
  let rest = messages;
  while (rest.length > 0) {
    const stop = await putNext(rest, context);
    if (stop !== undefined) return stop;
    const next = rest.findIndex(isOpen);
    rest = next < 0 ? [] : rest.slice(next);
  }
  return undefined;
}

function putNext(messages: readonly PendingMessage[], context: PutContext): Promise<EarlyStop | undefined> {
  const { cap } = context;
  if (cap.isOneByOne) return putOneByOne(messages, context, () => !cap.isOneByOne);
  const transaction = nextTransaction(messages, context);
  // A transaction of one would only hide which message an ERROR is about.
  return transaction === undefined
    ? putOneByOne(messages.slice(0, 1), context)
    : putTransaction(transaction, context);
}

/** The messages of one transaction, encoded. */
interface Transaction {
  readonly messages: readonly PendingMessage[];
  /** From BEGIN to COMMIT. */
  readonly frames: FrameBuffer;
  /** The receipts that the broker is asked for; the receipt of COMMIT comes last. */
  readonly receipts: readonly string[];
  readonly bytes: number;
}

/** As many of the first messages as the cap allows; undefined where that is only one. */
function nextTransaction(
  messages: readonly PendingMessage[],
  { session, queue, cap }: PutContext,
): Transaction | undefined {
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
      frames.removeLast();
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

async function putTransaction(transaction: Transaction, context: PutContext): Promise<EarlyStop | undefined> {
  const { session, receiptTimeout } = context;
  if (!context.hasTime()) return timeIsUp();
  const answers = await session.requestAll(transaction.frames, transaction.receipts, receiptTimeout);
  if (!answers.every(isConfirmation)) return failed(transaction, answers, context);
  for (const message of transaction.messages) message.state = confirmed();
  context.tally.hasTaken(transaction.messages.length);
  context.cap.transactionConfirmed(transaction.messages.length);
  context.health.confirmed(context.broker);
  return undefined;
}

function isConfirmation(answer: Answer): boolean {
  return answer.kind === 'receipt' && answer.unnamedError === undefined;
}

function failed(
  { messages, bytes }: Transaction,
  answers: readonly Answer[],
  { broker, health, cap }: PutContext,
): EarlyStop {
  const { cause, outcomeUnknown } = causeIn(answers);
  const rows = messages.length;
  health.transactionFailed(broker, rows, cause);
  for (const message of messages) message.state = transactionFailed(outcomeUnknown);
  cap.transactionFailed(rows);
  if (NO_ROOM.has(cause.code)) cap.transactionNotConfirmed({ rows, bytes });
  return { ends: 'connection', cause };
}

/** The codes of a broker that has no room for the transaction. */
const NO_ROOM = new Set<string>(['BROKER_BLOCKED', 'BROKER_FULL']);

/**
 * A refused COMMIT means that all was rolled back. In every other case the messages may have been stored: all of them or,
 * after an ERROR for one message, some of them.
 */
function causeIn(answers: readonly Answer[]): { cause: BrokerError; outcomeUnknown: boolean } {
  const commit = answers.at(-1);
  const refusal = answers.map(refusalIn).find((found) => found !== undefined);
  if (commit?.kind === 'lost')
    return { cause: lossOf(commit.cause, refusal), outcomeUnknown: commit.leftProcess };
  const cause = refusal === undefined ? new BrokerError('BROKER_ERROR') : reasonOf(refusal);
  return { cause, outcomeUnknown: commit?.kind !== 'refused' };
}

function refusalIn(answer: Answer): Refusal | undefined {
  return answer.unnamedError ?? (answer.kind === 'refused' ? answer.refusal : undefined);
}

/** Artemis gives the reason in an ERROR, and closes. */
function lossOf(cause: BrokerError, refusal: Refusal | undefined): BrokerError {
  return refusal?.scope === 'queue' ? refusal.error : cause;
}

/** Classic gives the reason at the SEND, and at the COMMIT only that it is rolled back. */
function reasonOf({ scope, error, detail }: Refusal): BrokerError {
  return scope === 'queue' ? error : new BrokerError('BROKER_REFUSED_TRANSACTION', { detail, cause: error });
}
