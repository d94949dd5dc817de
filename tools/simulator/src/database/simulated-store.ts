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

  async claim(limit: number, maxMessageBytes = Infinity): Promise<Claim> {
    const { database, rules } = this;
    const longest = rules.measuresTexts ? maxMessageBytes : Infinity;
    const isFree = ({ id, status, lockedBy }: Row) =>
      status === 'D' && lockedBy === undefined && !(rules.passesOverSetAside && database.setAside.has(id));
    const session = await database.connect();
    const rows = await session.call('claim', () => {
      database.requireWritable();
      const free = [...database.rows.values()].filter(isFree).sort(byPriorityThenAge).slice(0, limit);
      session.lock(free);
      if (free.length > 0) rules.onMoment('claimed');
      return free.map((row) => distributionOf(row, longest));
    });
    return new SimulatedClaim({ database, session, distributions: rows, limit, rules });
  }
}

function byPriorityThenAge(a: Row, b: Row): number {
  return a.content.priority - b.content.priority || Number(BigInt(a.id) - BigInt(b.id));
}

function distributionOf({ content, retryCount, sending }: Row, longest: number): Distribution {
  const messageTooLong = Buffer.byteLength(content.message ?? '') > longest;
  const message = messageTooLong ? null : content.message;
  return { ...content, message, messageTooLong, retryCount, sending };
}
