import type { Claim, DistributionStore } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import type { Database } from './database.js';
import type { Row } from './row.js';
import { type RecordRules, SimulatedClaim } from './simulated-claim.js';

/** The rows of the simulated database as a delivery daemon sees them. */
export class SimulatedStore implements DistributionStore {
  constructor(
    private readonly database: Database,
    private readonly rules: RecordRules,
  ) {}

  async claim(limit: number): Promise<Claim> {
    const { database } = this;
    const session = await database.connect();
    const rows = await session.call('claim', () => {
      database.requireWritable();
      const free = [...database.rows.values()].filter(isFree).sort(byPriorityThenAge).slice(0, limit);
      session.lock(free);
      if (free.length > 0) this.rules.onMoment('claimed');
      return free.map(distributionOf);
    });
    return new SimulatedClaim({ database, session, distributions: rows, limit, rules: this.rules });
  }
}

function isFree({ status, lockedBy }: Row): boolean {
  return status === 'D' && lockedBy === undefined;
}

function byPriorityThenAge(a: Row, b: Row): number {
  return a.content.priority - b.content.priority || Number(BigInt(a.id) - BigInt(b.id));
}

function distributionOf({ content, retryCount, sending }: Row): Distribution {
  return { ...content, retryCount, sending };
}
