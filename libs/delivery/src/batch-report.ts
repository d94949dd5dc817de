import type { Claim, MessageOutcome, PutOutcome, Recorded } from './ports.js';
import type { Verdict } from './verdict.js';

/** What one batch did. */
export interface BatchReport {
  /** Rows that became `S` or `P`. */
  readonly delivered: number;
  /** Rows that became `R`. */
  readonly retried: number;
  /** Rows that became `E`. */
  readonly failed: number;
  /** Rows that were set aside, because the database refused to record their verdicts. */
  readonly setAside: number;
  /** Messages whose rows are at fault, which became `R` or `E`, and messages that are suspect. */
  readonly refused: number;
  /** Rows that were no longer at `D`, so that nothing was recorded; 0 unless another program ignores the locks. */
  readonly changedElsewhere: number;
  /** Whether more rows are likely to wait. */
  readonly more: boolean;
  /** Why rows were left at `D`; absent where none were, or only those of suspect messages. */
  readonly trouble?: DeliveryTrouble;
}

export interface DeliveryTrouble {
  readonly code: string;
  readonly text: string;
}

interface BatchFacts {
  readonly claim: Claim;
  readonly outcomes: readonly MessageOutcome[];
  readonly verdicts: readonly Verdict[];
  readonly recorded: Recorded;
}

export function reportOf({ claim, outcomes, verdicts, recorded }: BatchFacts): BatchReport {
  const { changed, failed, setAside } = recorded;
  const notRecordedAsJudged = new Set([...failed, ...setAside]);
  const kept =
    notRecordedAsJudged.size === 0
      ? verdicts
      : verdicts.filter((v) => !notRecordedAsJudged.has(v.distributionId));
  const count = (...statuses: Verdict['status'][]) => kept.filter((v) => statuses.includes(v.status)).length;
  const trouble = outcomes.map(([, outcome]) => outcome).find(isTrouble);
  return {
    delivered: count('S', 'P'),
    retried: count('R'),
    failed: count('E') + failed.length,
    setAside: setAside.length,
    refused: outcomes.filter(([, outcome]) => isRefused(outcome)).length,
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
