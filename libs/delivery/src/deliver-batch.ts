import type { DeliveredStatus, Distribution } from '@comms/distribution';
import { type BatchReport, reportOf } from './batch-report.js';
import type { DeliveryPorts } from './delivery-ports.js';
import type { Claim, Verdict } from './distribution-store.js';
import type { OutboundMessage } from './outbound-message.js';
import type { PossibleDuplicates } from './possible-duplicates.js';
import type { PutOutcome } from './put-outcome.js';

export interface BatchOptions {
  /** Rows at most in this batch. */
  readonly batchSize: number;
  /** The status of a row whose message is where it belongs. */
  readonly deliveredStatus: DeliveredStatus;
}

/**
 * Delivers one batch: claims rows, encodes them, puts the messages, records what became of each row. A row becomes
 * delivered only after the courier has confirmed its message. A row at fault becomes `R` or `E` and holds up no other;
 * a broker or disk that is down changes no row, and stands in the report as its trouble.
 *
 * Throws what the store throws; every row of the batch is then as it was.
 */
export async function deliverBatch(ports: DeliveryPorts, options: BatchOptions): Promise<BatchReport> {
  const claim = await ports.store.claim(options.batchSize);
  try {
    const encoded = encode(ports, claim.distributions);
    const outcomes = await put(ports, encoded.messages);
    const verdicts = [...encoded.faults, ...judge(ports, options, outcomes)];
    const changed = await record(ports, claim, verdicts);
    return reportOf({ claimed: claim.distributions.length, outcomes, verdicts, changed });
  } finally {
    await claim.release();
  }
}

/** A message with what became of it. */
type Answer = readonly [OutboundMessage, PutOutcome];

function encode({ encoder, possibleDuplicates }: DeliveryPorts, distributions: readonly Distribution[]) {
  const messages: OutboundMessage[] = [];
  const faults: Verdict[] = [];
  for (const distribution of distributions) {
    const { distributionId } = distribution;
    const payload = encoder.encode(distribution);
    if ('fault' in payload) {
      faults.push({ ...payload.fault, distributionId, status: 'E' });
    } else {
      messages.push({ distribution, ...payload, possibleDuplicate: possibleDuplicates.has(distributionId) });
    }
  }
  return { messages, faults };
}

async function put(ports: DeliveryPorts, messages: readonly OutboundMessage[]): Promise<Answer[]> {
  if (messages.length === 0) return [];
  for (const { distribution } of messages) ports.possibleDuplicates.suspect(distribution.distributionId);
  const outcomes = await ports.courier.put(messages);
  const answers = messages.map((message, i): Answer => [message, outcomes[i] ?? UNANSWERED]);
  for (const answer of answers) acquit(ports.possibleDuplicates, answer);
  return answers;
}

/** A first try that certainly put nothing leaves no suspicion; an earlier one stays. */
function acquit(possibleDuplicates: PossibleDuplicates, [message, { kind }]: Answer): void {
  const mayBePut = kind === 'sent' || kind === 'unknown';
  if (!mayBePut && !message.possibleDuplicate) possibleDuplicates.clear(message.distribution.distributionId);
}

function judge(
  { retryPolicy }: DeliveryPorts,
  { deliveredStatus }: BatchOptions,
  answers: readonly Answer[],
) {
  return answers.flatMap(([{ distribution }, outcome]): Verdict[] => {
    const { distributionId } = distribution;
    switch (outcome.kind) {
      case 'sent': {
        const { reference } = outcome;
        return [{ distributionId, status: deliveredStatus, ...(reference !== undefined && { reference }) }];
      }
      case 'retry':
        return [retryPolicy.afterRefusal(distribution, { code: outcome.code, text: outcome.text })];
      case 'failed':
        return [{ distributionId, status: 'E', code: outcome.code, text: outcome.text }];
      case 'untouched':
      case 'unknown':
        return [];
    }
  });
}

async function record(ports: DeliveryPorts, claim: Claim, verdicts: readonly Verdict[]): Promise<number> {
  if (verdicts.length === 0) return 0;
  const changed = await claim.record(verdicts);
  for (const { distributionId, status } of verdicts) {
    if (status === 'S' || status === 'P') ports.possibleDuplicates.clear(distributionId);
  }
  return changed;
}

/** A courier that answers fewer outcomes than messages has broken its promise; no row may suffer for it. */
const UNANSWERED: PutOutcome = {
  kind: 'unknown',
  code: 'COURIER_NO_ANSWER',
  text: 'The courier gave no answer for this message.',
};
