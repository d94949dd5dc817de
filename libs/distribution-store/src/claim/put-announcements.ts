import type { OutboundMethod } from '@comms/distribution';
import { escapeLiteral } from 'pg';
import type { Database } from '../database/database.js';
import type { Transaction } from '../database/transaction.js';
import type { TableNames } from '../tables.js';

export interface AnnouncementScope {
  readonly tables: TableNames;
  readonly method: OutboundMethod;
  /** The app that writes. */
  readonly process: string;
}

/** An announcement that is on the database's disk. */
export interface Announcement {
  readonly id: string;
  /** Those of the announced rows that an earlier announcement has too: they may have been put before. */
  readonly putBefore: ReadonlySet<string>;
}

/**
 * Announces in the table `comms_put_announcement` which messages may be put from now on, so that a crash during the put
 * is known afterwards. An announcement is written in its own transaction, before the put. The transaction that records
 * the rows removes it.
 *
 * The caller must hold the locks of the rows. What is read here is younger than those locks. So where an earlier
 * announcement has any of these rows, its batch never recorded what became of them, or recorded that their messages may be on
 * the queue nevertheless.
 */
export class PutAnnouncements {
  constructor(
    private readonly database: Database,
    private readonly scope: AnnouncementScope,
  ) {}

  /** @param claim holds the rows; it has ended where a pooler has no session for the announcement */
  async announce(ids: readonly string[], claim: Transaction): Promise<Announcement> {
    const statement = announceStatement(this.scope, ids);
    const { rows } = await this.database.runInSecondSession<{ id: string; putBefore: string[] }>(
      claim,
      statement,
    );
    const [{ id, putBefore }] = rows as [(typeof rows)[number]];
    return { id, putBefore: new Set(putBefore) };
  }

  /** The SQL that settles an announcement, for the transaction that records its rows; the `mayBePut` rows stay announced. */
  settlement({ id, putBefore }: Announcement, mayBePut: readonly string[]): string {
    const { announcementTable } = this.scope.tables;
    const own =
      mayBePut.length === 0 ? `DELETE FROM ${announcementTable}` : keep(announcementTable, mayBePut);
    const settled = `${own} WHERE comms_put_announcement_id = ${id}`;
    return putBefore.size === 0 ? settled : `${settled}; ${forgetDelivered(this.scope)}`;
  }
}

/** One statement reads one snapshot: it sees what others announced before it, and not what it announces itself. */
const announceStatement = (
  { tables: { announcementTable }, method, process }: AnnouncementScope,
  ids: readonly string[],
) => `
  WITH announced AS (
    INSERT INTO ${announcementTable} (delivery_method, distribution_ids, audit_time_stamp, audit_process)
    VALUES ('${method}', ${bigints(ids)}, statement_timestamp(), ${escapeLiteral(process)})
    RETURNING comms_put_announcement_id
  )
  SELECT comms_put_announcement_id AS id, ARRAY(
    SELECT DISTINCT earlier::text
    FROM (SELECT unnest(distribution_ids) AS earlier FROM ${announcementTable} WHERE delivery_method = '${method}') AS announced_before
    WHERE earlier = ANY (${bigints(ids)})
  ) AS "putBefore"
  FROM announced`;

const keep = (announcement: string, ids: readonly string[]) =>
  `UPDATE ${announcement} SET distribution_ids = ${bigints(ids)}`;

/**
 * Removes earlier announcements whose rows are all delivered. The announcement of a batch in hand elsewhere has rows
 * that are not, so it stays.
 */
const forgetDelivered = ({ tables: { announcementTable, distributionTable }, method }: AnnouncementScope) => `
  DELETE FROM ${announcementTable} AS earlier WHERE delivery_method = '${method}' AND NOT EXISTS (
    SELECT FROM ${distributionTable} WHERE comms_request_target_distribution_id = ANY (earlier.distribution_ids)
      AND distribution_status NOT IN ('S', 'P'))`;

/** Only digits, so that the text can hold nothing but numbers. */
function bigints(ids: readonly string[]): string {
  return `'{${ids.map((id) => BigInt(id)).join(',')}}'::bigint[]`;
}
