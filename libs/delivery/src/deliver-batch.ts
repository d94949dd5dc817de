import { setImmediate } from 'node:timers/promises';
import type { DeliveredStatus, Distribution } from '@comms/distribution';
import { type BatchReport, reportOf } from './batch-report.js';
import type { Claim, Courier, DeliveryPorts, MessageOutcome, OutboundMessage, PutOutcome } from './ports.js';
import { COURIER_DEFECT_CODES, rowFault } from './row-codes.js';
import type { Verdict } from './verdict.js';

export interface BatchOptions {
  /** Rows at most in this batch. */
  readonly batchSize: number;
  /** The status that a row gets once its message is confirmed. */
  readonly deliveredStatus: DeliveredStatus;
  /** A text of more bytes than this is not loaded, and its row becomes `E`; without it, every text is loaded. */
  readonly maxMessageBytes?: number;
}

/**
 * Delivers one batch: claims rows, encodes them, puts the messages, records what became of each row. A row becomes
 * delivered only after the courier has confirmed its message. A row at fault becomes `R` or `E` and holds up no other.
 * Nor does a row whose verdict the store refuses to record: it becomes `E`, or is set aside. A broker or disk that is
 * down changes no row; the report has it as `trouble`.
 *
 * Throws what the store throws. Every row of the batch is then as it was, unless the answer to COMMIT was lost.
 */
export async function deliverBatch(ports: DeliveryPorts, options: BatchOptions): Promise<BatchReport> {
  const claim = await ports.store.claim(options.batchSize, options.maxMessageBytes);
  try {
    if (claim.distributions.length === 0) return NOTHING_TO_DO;
    const { messages, faults } = await encode(ports, claim.distributions);
    const outcomes = await announceAndPut(ports.courier, claim, messages);
    const verdicts = [...faults, ...judge(ports, options, outcomes)];
    const recorded = await claim.record(verdicts, idsThatMayBePut(outcomes));
    return reportOf({ claim, outcomes, verdicts, recorded });
  } finally {
    await claim.release();
  }
}

const NOTHING_TO_DO: BatchReport = {
  delivered: 0,
  retried: 0,
  failed: 0,
  setAside: 0,
  refused: 0,
  changedElsewhere: 0,
  more: false,
};

async function encode({ encoder }: DeliveryPorts, distributions: readonly Distribution[]) {
  const messages: OutboundMessage[] = [];
  const faults: Verdict[] = [];
  for (const [i, distribution] of distributions.entries()) {
    if (i % ROWS_PER_TURN === 0 && i > 0) await setImmediate();
    const payload = distribution.messageTooLong ? TOO_LONG : encoder.encode(distribution);
    if ('fault' in payload) {
      faults.push({ ...payload.fault, distributionId: distribution.distributionId, status: 'E' });
    } else {
      const { contentType, body, environment, expiresAt } = payload;
      messages.push({ distribution, contentType, body, possibleDuplicate: false, environment, expiresAt });
    }
  }
  return { messages, faults };
}

const TOO_LONG = { fault: rowFault('MESSAGE_TOO_LONG') };

/** After so many rows the event loop gets a turn, for heart-beats and health: encryption may take a millisecond per row. */
const ROWS_PER_TURN = 32;

async function announceAndPut(
  courier: Courier,
  claim: Claim,
  messages: readonly OutboundMessage[],
): Promise<MessageOutcome[]> {
  if (messages.length === 0) return [];
  const ids = messages.map(({ distribution }) => distribution.distributionId);
  const putBefore = courier.replacesRepeats ? NONE : await claim.announce(ids);
  const outcomes = await courier.put(markRepeats(messages, putBefore));
  return messages.map(({ distribution }, i) => [distribution, outcomes[i] ?? UNANSWERED]);
}

function markRepeats(messages: readonly OutboundMessage[], putBefore: ReadonlySet<string>) {
  if (putBefore.size === 0) return messages;
  return messages.map((message) => {
    return { ...message, possibleDuplicate: putBefore.has(message.distribution.distributionId) };
  });
}

const NONE: ReadonlySet<string> = new Set();

/** A courier that returns fewer outcomes than messages has broken its promise. That must harm no row. */
const UNANSWERED: PutOutcome = {
  kind: 'unknown',
  code: 'COURIER_NO_ANSWER',
  text: `${COURIER_DEFECT_CODES.COURIER_NO_ANSWER.meaning}.`,
};

function judge(ports: DeliveryPorts, options: BatchOptions, outcomes: readonly MessageOutcome[]): Verdict[] {
  return outcomes
    .map((outcome) => verdictOn(outcome, ports, options))
    .filter((verdict) => verdict !== undefined);
}

/** Undefined where the row is not at fault and its message is not confirmed: the row stays at `D`. */
function verdictOn(
  [distribution, outcome]: MessageOutcome,
  { retryPolicy }: DeliveryPorts,
  { deliveredStatus: status }: BatchOptions,
): Verdict | undefined {
  const { distributionId } = distribution;
  switch (outcome.kind) {
    case 'sent': {
      const { reference } = outcome;
      return reference === undefined ? { distributionId, status } : { distributionId, status, reference };
    }
    case 'retry':
      return retryPolicy.afterRefusal(distribution, { code: outcome.code, text: outcome.text });
    case 'failed':
      return { distributionId, status: 'E', code: outcome.code, text: outcome.text };
    case 'untouched':
    case 'unknown':
      return undefined;
  }
}

/** These rows stay announced, so that their next messages have the duplicate flag. */
function idsThatMayBePut(outcomes: readonly MessageOutcome[]): string[] {
  return outcomes.filter(([, outcome]) => mayBePut(outcome)).map(([{ distributionId }]) => distributionId);
}

function mayBePut(outcome: PutOutcome): boolean {
  return outcome.kind === 'unknown' || ('mayBePut' in outcome && outcome.mayBePut);
}
