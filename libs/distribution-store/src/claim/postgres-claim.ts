import type { Claim, Verdict } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import type { Transaction } from '../database/transaction.js';
import { type RecordScope, verdictStatement } from './verdict-statement.js';

/** Locked rows and the transaction that holds them. */
export class PostgresClaim implements Claim {
  constructor(
    private readonly transaction: Transaction,
    readonly distributions: readonly Distribution[],
    private readonly scope: RecordScope,
  ) {}

  async record(verdicts: readonly Verdict[]): Promise<number> {
    let changed = 0;
    for (const same of byStatus(verdicts)) {
      const { sql, values } = verdictStatement(this.scope, same);
      changed += (await this.transaction.query(sql, values)).rowCount ?? 0;
    }
    await this.transaction.commit();
    return changed;
  }

  release(): Promise<void> {
    return this.transaction.rollback();
  }
}

function byStatus(verdicts: readonly Verdict[]): [Verdict, ...Verdict[]][] {
  const groups = new Map<Verdict['status'], [Verdict, ...Verdict[]]>();
  for (const verdict of verdicts) {
    const group = groups.get(verdict.status);
    if (group) group.push(verdict);
    else groups.set(verdict.status, [verdict]);
  }
  return [...groups.values()];
}
