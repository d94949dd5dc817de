import type { Answer } from './deliver-batch.js';
import type { Claim, Recorded, Verdict } from './distribution-store.js';
import type { PutOutcome } from './put-outcome.js';

/** What one batch did. */
export interface BatchReport {
  readonly claimed: number;
  /** Rows that became `S` or `P`. */
  readonly delivered: number;
  /** Rows that became `R`. */
  readonly retried: number;
  /** Rows that became `E`. */
  readonly failed: number;
  /** Rows that were set aside, because nothing could be recorded of them. */
  readonly setAside: number;
  /** Messages at fault or suspect; the rows at fault became `R` or `E`. */
  readonly refused: number;
  /** Rows that stay as they were, because what they were to be put into is in trouble. */
  readonly left: number;
  /** Verdicts whose row was no longer at `D`, so that nothing was written; 0 unless someone bypasses the locks. */
  readonly changedElsewhere: number;
  /** Whether more rows are likely to wait. */
  readonly more: boolean;
  /** Why rows were left; absent when none were, or only suspect ones. */
  readonly trouble?: DeliveryTrouble;
}

export interface DeliveryTrouble {
  readonly code: string;
  readonly text: string;
}

interface BatchFacts {
  readonly claim: Claim;
  readonly answers: readonly Answer[];
  readonly verdicts: readonly Verdict[];
  readonly recorded: Recorded;
}

export function reportOf({ claim, answers, verdicts, recorded }: BatchFacts): BatchReport {
  const { changed, failed, setAside } = recorded;
  const refused = new Set([...failed, ...setAside]);
  const kept = refused.size === 0 ? verdicts : verdicts.filter((v) => !refused.has(v.distributionId));
  const count = (...statuses: Verdict['status'][]) => kept.filter((v) => statuses.includes(v.status)).length;
  const trouble = answers.map(([, outcome]) => outcome).find(isTrouble);
  const claimed = claim.distributions.length;
  return {
    claimed,
    delivered: count('S', 'P'),
    retried: count('R'),
    failed: count('E') + failed.length,
    setAside: setAside.length,
    refused: answers.filter(([, outcome]) => isRefused(outcome)).length,
    left: claimed - verdicts.length,
    changedElsewhere: verdicts.length - changed - setAside.length,
    more: claim.more,
    ...(trouble && { trouble: { code: trouble.code, text: trouble.text } }),
  };
}

function isTrouble(outcome: PutOutcome): outcome is PutOutcome & DeliveryTrouble {
  return (outcome.kind === 'untouched' || outcome.kind === 'unknown') && outcome.suspect !== true;
}

function isRefused(outcome: PutOutcome): boolean {
  const { kind } = outcome;
  return kind === 'retry' || kind === 'failed' || ('suspect' in outcome && outcome.suspect);
}
