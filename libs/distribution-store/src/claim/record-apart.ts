import { unrecorded, type Verdict } from '@comms/delivery';
import type { Transaction } from '../database/transaction.js';
import { StoreError } from '../store-error.js';
import type { Refused } from './set-aside.js';
import { checkOfRecord, type RecordScope, verdictStatement } from './verdict-statement.js';

/** The savepoint that follows the locks of a claim: to roll back to it releases no lock. */
export const CLAIMED_SAVEPOINT = 'claimed';

export interface RecordContext {
  readonly transaction: Transaction;
  readonly scope: RecordScope;
  /** How long the search for the refused rows may take, in milliseconds. */
  readonly limitMs: number;
}

/** What was recorded of a batch that could not be recorded as a whole. */
export interface RecordedApart {
  readonly changed: number;
  /** The ids of rows that got `E` in place of their verdict. */
  readonly failed: readonly string[];
  readonly setAside: readonly Refused[];
}

/**
 * Records a batch in which the database refuses certain rows. It finds these by halving and records the others. The refused
 * rows get `E`; it returns those for which that is refused too. The locks are held all the while. Rows that the search has
 * not reached within its limit count as refused.
 *
 * Throws where the fault is not in the rows: each statement first runs without any row.
 */
export async function recordApart(
  context: RecordContext,
  verdicts: readonly Verdict[],
): Promise<RecordedApart> {
  const { transaction } = context;
  await transaction.query(`ROLLBACK TO SAVEPOINT ${CLAIMED_SAVEPOINT}; SET CONSTRAINTS ALL IMMEDIATE`);
  for (const same of byStatus(verdicts)) await runWithoutRows(context, same);
  await transaction.query('SAVEPOINT part');
  const halving = new Halving(context);
  const refused: Refused[] = [];
  for (const same of byStatus(verdicts)) {
    for (const verdict of await halving.write(same)) refused.push({ verdict, failure: unrecorded(verdict) });
  }
  const first = refused.map(({ failure }) => failure);
  const still = isFilled(first) ? new Set(await halving.write(first)) : new Set();
  return {
    changed: halving.changed,
    failed: first.filter((failure) => !still.has(failure)).map(({ distributionId }) => distributionId),
    setAside: refused.filter(({ failure }) => still.has(failure)),
  };
}

async function runWithoutRows({ transaction, scope }: RecordContext, same: Filled<Verdict>): Promise<void> {
  const { sql, values } = verdictStatement(scope, same);
  await transaction.query(
    sql,
    values.map(() => '{}'),
  );
}

/** Writes verdicts of one status, in parts that become smaller until each is written or is a single row. */
class Halving {
  changed = 0;
  private readonly deadline: number;

  constructor(private readonly context: RecordContext) {
    this.deadline = performance.now() + context.limitMs;
  }

  /** The verdicts that were refused, or came too late. */
  async write<Each extends Verdict>(verdicts: Filled<Each>): Promise<readonly Each[]> {
    if (performance.now() >= this.deadline) return verdicts;
    if (await this.wrote(verdicts)) return [];
    const middle = verdicts.length >> 1;
    const [left, right] = [verdicts.slice(0, middle), verdicts.slice(middle)];
    if (!isFilled(left) || !isFilled(right)) return verdicts;
    return [...(await this.write(left)), ...(await this.write(right))];
  }

  private async wrote(verdicts: Filled<Verdict>): Promise<boolean> {
    const { transaction, scope } = this.context;
    const { sql, values } = verdictStatement(scope, verdicts);
    const written = await transaction.attempt(sql, values);
    if (written instanceof StoreError || (await this.keep(verdicts)) instanceof StoreError) {
      await transaction.query('ROLLBACK TO SAVEPOINT part');
      return false;
    }
    this.changed += written.at(-1)?.rowCount ?? 0;
    return true;
  }

  private keep(verdicts: Filled<Verdict>) {
    const { transaction, scope } = this.context;
    return transaction.attempt(`${checkOfRecord(scope, verdicts)}; RELEASE SAVEPOINT part; SAVEPOINT part`);
  }
}

/** At least one. */
export type Filled<T> = readonly [T, ...T[]];

function isFilled<T>(list: readonly T[]): list is Filled<T> {
  return list.length > 0;
}

export function byStatus(verdicts: readonly Verdict[]): Filled<Verdict>[] {
  const groups = new Map<Verdict['status'], [Verdict, ...Verdict[]]>();
  for (const verdict of verdicts) {
    const group = groups.get(verdict.status);
    if (group) group.push(verdict);
    else groups.set(verdict.status, [verdict]);
  }
  return [...groups.values()];
}
