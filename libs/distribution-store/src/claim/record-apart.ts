import { unrecorded, type Verdict } from '@comms/delivery';
import type { Transaction } from '../database/transaction.js';
import { StoreError } from '../store-error.js';
import type { Refused } from './set-aside.js';
import { checkOfRecord, type RecordScope, verdictStatement } from './verdict-statement.js';

/** The savepoint behind a claim's locks: what is rolled back to it gives no lock back. */
export const CLAIMED = 'claimed';

export interface RecordSession {
  readonly transaction: Transaction;
  readonly scope: RecordScope;
  /** How long rows may be looked for that can't be recorded, in milliseconds. */
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
 * Records a batch after an error of certain rows: finds these by halving, records the others, then gives `E` to those at
 * fault, and returns the ones that may not have that either. The locks are held all the while. Rows that are not found
 * within the limit count as refused altogether.
 *
 * Throws where the error belongs to no row: each statement is first run without any.
 */
export async function recordApart(
  session: RecordSession,
  verdicts: readonly Verdict[],
): Promise<RecordedApart> {
  const { transaction } = session;
  await transaction.query(`ROLLBACK TO SAVEPOINT ${CLAIMED}; SET CONSTRAINTS ALL IMMEDIATE`);
  for (const same of byStatus(verdicts)) await runWithoutRows(session, same);
  await transaction.query('SAVEPOINT part');
  const halving = new Halving(session);
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

async function runWithoutRows({ transaction, scope }: RecordSession, same: Filled<Verdict>): Promise<void> {
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

  constructor(private readonly session: RecordSession) {
    this.deadline = performance.now() + session.limitMs;
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
    const { transaction, scope } = this.session;
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
    const { transaction, scope } = this.session;
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
