import { beforeEach, describe, expect, it } from '@jest/globals';
import { type DistributionStoreHarness, describeDistributionStore } from '@comms/delivery/testing';
import type { Distribution } from '@comms/distribution';
import type { Claim, Verdict } from '@comms/delivery';
import { type Layout, migratedSuite } from '../testing/index.js';
import { type DistributionStoreOptions, PostgresDistributionStore } from './postgres-distribution-store.js';

const APP = 'push-to-handset';
describe.each<Layout>(['one table', 'months'])('on %s', (layout) => {
  const suite = migratedSuite(APP, layout);

  const open = (options: Partial<DistributionStoreOptions> = {}, database = suite.database) =>
    new PostgresDistributionStore(database, {
      schema: 'public',
      method: 'PUSH',
      mode: 'send-before',
      process: APP,
      ...options,
    });
  const insert = (fields: Parameters<typeof suite.insert>[0] = {}) =>
    suite.insert({ deliveryMethod: 'PUSH', ...fields });
  const requeue = async (id: string) => {
    await suite.client.query(
      `UPDATE comms_request_target_distribution SET distribution_status = 'D'
     WHERE comms_request_target_distribution_id = $1`,
      [id],
    );
  };

  /** The ids of the rows that a claim takes; the claim is given back. */
  async function claimable(store = open()): Promise<string[]> {
    const claim = await store.claim(100);
    await claim.release();
    return claim.distributions.map(({ distributionId }) => distributionId);
  }

  async function record(...verdicts: Verdict[]): Promise<number> {
    const claim = await open().claim(100);
    return (await claim.record(verdicts)).changed;
  }

  beforeEach(() => suite.client.query(REFUSALS));

  /** From now on a trigger raises where one of these statuses is written of this row. */
  async function refuse(id: string, statuses: readonly string[], how: Refusal = {}): Promise<void> {
    const { code = 'P0001', atCommit = false } = how;
    await suite.client.query('INSERT INTO refusal VALUES ($1, $2, $3, $4)', [id, statuses, code, atCommit]);
  }

  describeDistributionStore('PostgreSQL', () =>
    Promise.resolve<DistributionStoreHarness>({
      store: open(),
      insert: async (...distributions) => {
        for (const distribution of distributions) await insert(fieldsOf(distribution));
      },
      status: async (id) => (await suite.row(id)).distributionStatus as 'D',
      errorCode: async (id) => (await suite.row(id)).errorCode,
      refuse,
      release: async (id) => {
        await suite.client.query('DELETE FROM refusal WHERE id = $1', [id]);
        await suite.client.query(
          'DELETE FROM comms_set_aside WHERE comms_request_target_distribution_id = $1',
          [id],
        );
      },
      requeue,
      loseLocks,
      close: () => Promise.resolve(),
    }),
  );

  const fieldsOf = ({ distributionId, commsRequestId, alias, ...distribution }: Distribution) => ({
    commsRequestTargetDistributionId: distributionId,
    commsRequestId,
    commsCode: distribution.commsCode,
    deliveryMethod: distribution.deliveryMethod,
    priority: distribution.priority,
    target: distribution.target,
    aliasValue: alias,
    message: distribution.message,
    ...(distribution.timeExclusion !== null && { timeExclusion: distribution.timeExclusion }),
  });

  describe('a claim', () => {
    it.each(['A', 'S', 'P', 'R', 'E'])('leaves a row at %s alone', async (distributionStatus) => {
      await insert({ distributionStatus });
      expect(await claimable()).toEqual([]);
    });

    it.each(['SMS', 'EXTERNAL', 'ONLINE', 'EMAIL', 'LETTER'])(
      'leaves a row of %s alone',
      async (deliveryMethod) => {
        await insert({ deliveryMethod });
        expect(await claimable()).toEqual([]);
      },
    );

    it('leaves a row with the lapsed mark alone', async () => {
      await insert({ lapsedDateTime: new Date() });
      expect(await claimable()).toEqual([]);
    });

    it.each([
      ['send-before', null, true],
      ['send-before', '1 minute ago', false],
      ['send-before', 'in 1 minute', true],
      ['send-before', 'infinity', true],
      ['send-before', '-infinity', false],
      ['send-after', null, true],
      ['send-after', '1 minute ago', true],
      ['send-after', 'in 1 minute', false],
      ['send-after', 'infinity', false],
      ['send-after', '-infinity', true],
    ] as const)('in mode %s with time exclusion %s: %s', async (mode, time, eligible) => {
      const id = await insert({ timeExclusion: time && relative(time) });
      expect(await claimable(open({ mode }))).toEqual(eligible ? [id] : []);
    });

    it.each([
      ['send-before', '2999-12-31T23:59:59.987654+01:00', '2999-12-31T22:59:59.987Z'],
      ['send-before', '9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999Z'],
      ['send-before', '10000-01-01T00:00:00Z', null],
      ['send-before', '294276-12-31T00:00:00Z', null],
      ['send-before', 'infinity', null],
      ['send-before', null, null],
      ['send-after', '2020-01-01T00:00:00Z', null],
      ['send-after', '-infinity', null],
    ] as const)('in mode %s gives the time exclusion %s as %s', async (mode, timeExclusion, expected) => {
      await insert({ timeExclusion });
      const claim = await open({ mode }).claim(1);
      await claim.release();
      expect(claim.distributions).toMatchObject([{ timeExclusion: expected }]);
    });

    it('cuts a batch of long texts short, and gives the rest to the next', async () => {
      const message = 'x'.repeat(1000);
      const ids = [await insert({ message }), await insert({ message }), await insert({ message })];
      const store = open({ maxBytes: 1500 });
      const claim = await store.claim(10);
      expect(claim.distributions.map(({ distributionId }) => distributionId)).toEqual(ids.slice(0, 2));
      await claim.record(ids.slice(0, 2).map((distributionId) => ({ distributionId, status: 'S' })));
      expect(await claimable(store)).toEqual(ids.slice(2));
    });

    it('says that there is more when it was cut short by its bytes', async () => {
      for (let i = 0; i < 3; i++) await insert({ message: 'x'.repeat(1000) });
      const [short, whole] = [await open({ maxBytes: 1500 }).claim(10), await open().claim(10)];
      expect([short.more, whole.more]).toEqual([true, false]);
      await short.release();
      await whole.release();
    });

    it('holds a single text however long it is', async () => {
      const id = await insert({ message: 'x'.repeat(5000) });
      expect(await claimable(open({ maxBytes: 100 }))).toEqual([id]);
    });

    it('gives a row without text, alias, target and code as it is', async () => {
      await insert({ message: null, aliasValue: null, target: null, commsCode: null });
      const claim = await open().claim(1);
      await claim.release();
      expect(claim.distributions[0]).toMatchObject({
        message: null,
        alias: null,
        target: null,
        commsCode: null,
      });
    });

    it('lets four sessions at once claim each of 10,000 rows exactly once', async () => {
      await suite.client.query(`
      INSERT INTO comms_request_target_distribution
        (comms_request_id, delivery_method, message, distribution_status, priority)
      SELECT i, 'PUSH', 'text', 'D', 1 + i % 3 FROM generate_series(1, 10000) AS i`);
      const claimed = (await Promise.all([drain(), drain(), drain(), drain()])).flat();
      expect(claimed).toHaveLength(10_000);
      expect(new Set(claimed).size).toBe(10_000);
    });
  });

  async function drain(): Promise<string[]> {
    const claim = await open().claim(200);
    const ids = claim.distributions.map(({ distributionId }) => distributionId);
    if (ids.length === 0) {
      await claim.release();
      return [];
    }
    await claim.record(ids.map((distributionId) => ({ distributionId, status: 'S' })));
    return [...ids, ...(await drain())];
  }

  describe('a claim that has lost its locks', () => {
    const lost = { code: 'STORE_CONNECTION_LOST', retryable: true };
    /** What another program does with the rows that are free again. */
    const deliverElsewhere = async (distributionId: string) => {
      const other = await eventually(() => open({}, suite.open()).claim(1));
      await other.announce([distributionId]);
      await other.record([{ distributionId, status: 'S' }]);
    };

    it('is refused its announcement once its session has ended', async () => {
      const id = await insert();
      const claim = await open().claim(1);
      await loseLocks();
      await deliverElsewhere(id);
      await expect(claim.announce([id])).rejects.toMatchObject(lost);
    });

    it('is refused its announcement after the limit for idle transactions', async () => {
      const id = await insert();
      const claim = await open({}, suite.open({ idleInTransactionTimeout: 200 })).claim(1);
      await deliverElsewhere(id);
      await expect(claim.announce([id])).rejects.toMatchObject({ ...lost, sqlState: '25P03' });
    });

    it('is noticed only after its announcement is written, so that a claim that takes its rows finds that', async () => {
      const id = await insert();
      const claim = await open().claim(1);
      await suite.client.query(`
      CREATE FUNCTION end_claims() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${END_CLAIMS}; RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER end_claims_at_commit AFTER INSERT ON comms_put_announcement
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION end_claims()`);
      await expect(claim.announce([id])).rejects.toMatchObject(lost);
      await suite.client.query(
        'DROP TRIGGER end_claims_at_commit ON comms_put_announcement; DROP FUNCTION end_claims',
      );
      const other = await open().claim(1);
      expect(await other.announce([id])).toEqual(new Set([id]));
      await other.release();
    });
  });

  /** Ends each session that has a claim open, and waits for its end. */
  const END_CLAIMS = `PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = '${APP}' AND state = 'idle in transaction'`;

  async function loseLocks(): Promise<void> {
    await suite.client.query(`DO $$ BEGIN ${END_CLAIMS}; END $$`);
  }

  const relative = (time: string) =>
    time.includes('minute') ? new Date(Date.now() + (time.includes('ago') ? -60_000 : 60_000)) : time;

  describe('an announcement', () => {
    const announcements = async () => {
      const sql =
        'SELECT distribution_ids AS ids, delivery_method AS method, audit_process AS process FROM comms_put_announcement';
      return (await suite.client.query<Record<string, unknown>>(sql)).rows;
    };

    it('is on the disk while the claim is still open, and is removed by its record', async () => {
      const id = await insert();
      const claim = await open().claim(1);
      await claim.announce([id]);
      expect(await announcements()).toEqual([{ ids: [id], method: 'PUSH', process: 'push-to-handset' }]);
      await claim.record([{ distributionId: id, status: 'S' }]);
      expect(await announcements()).toEqual([]);
    });

    it('outlives the process that made it', async () => {
      const id = await insert();
      const crashed = suite.open();
      await (await open({}, crashed).claim(1)).announce([id]);
      await crashed.stop();
      const claim = await eventually(() => open().claim(1));
      expect(await claim.announce([id])).toEqual(new Set([id]));
      await claim.record([{ distributionId: id, status: 'S' }]);
      expect(await announcements()).toEqual([]);
    });

    it('of a batch in hand elsewhere stays when another batch is recorded', async () => {
      const [mine, theirs] = [await insert(), await insert()];
      await (await open().claim(1)).announce([mine]);
      const other = await open().claim(1);
      await other.announce([theirs]);
      await other.record([{ distributionId: theirs, status: 'S' }]);
      expect(await announcements()).toMatchObject([{ ids: [mine] }]);
    });
  });

  /** A claim that has rows. */
  async function eventually(claim: () => Promise<Claim>): Promise<Claim> {
    const deadline = Date.now() + 50_000;
    for (;;) {
      const attempt = await claim();
      if (attempt.distributions.length > 0) return attempt;
      await attempt.release();
      if (Date.now() > deadline) throw new Error('nothing to claim');
    }
  }

  describe('the sending of a distribution', () => {
    const sending = async () => {
      const claim = await open().claim(1);
      await claim.release();
      return claim.distributions[0]?.sending;
    };

    it('is 0 while the row was never sent, whatever was tried', async () => {
      const distributionId = await insert();
      expect(await sending()).toBe('0');
      await record({ distributionId, status: 'R', retryInMs: 0, code: 'C', text: 't' });
      await requeue(distributionId);
      expect(await sending()).toBe('0');
    });

    it('is the time of the last sending in microseconds', async () => {
      await insert({ sentDateTime: '2026-11-24T12:00:00.123456Z' });
      expect(await sending()).toBe('1795521600123456');
    });

    it.each(['S', 'P'] as const)(
      'is written to the row with %s, and with no other status',
      async (status) => {
        const distributionId = await insert({ sentDateTime: '2026-11-24T12:00:00.123456Z' });
        await record({ distributionId, status: 'R', retryInMs: 0, code: 'C', text: 't' });
        expect((await suite.row(distributionId)).sending).toBeNull();
        await requeue(distributionId);
        await record({ distributionId, status });
        expect((await suite.row(distributionId)).sending).toBe('1795521600123456');
      },
    );

    it.each([
      ['are as they were', 'SET sent_date_time = sent_date_time'],
      ['are emptied', 'SET sent_date_time = NULL, published_date_time = NULL'],
      ['are those of before', `SET sent_date_time = sent_date_time - interval '1 hour'`],
      ['are infinite', `SET sent_date_time = 'infinity'`],
      ['are before 1970', `SET sent_date_time = '0044-03-15 BC'`],
      ['come from a clock far ahead', `SET sent_date_time = '294276-12-31'`],
    ])('changes with each requeue, also where the times %s', async (_, change) => {
      const distributionId = await insert();
      const seen = [await sending()];
      for (const status of ['S', 'S', 'P', 'S'] as const) {
        await record({ distributionId, status });
        await suite.client.query(`UPDATE comms_request_target_distribution ${change}`);
        await requeue(distributionId);
        seen.push(await sending());
        expect(seen.at(-1)).toMatch(/^\d{1,18}$/);
      }
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('ignores what other programs have written into its column', async () => {
      await insert({ sending: 'x' });
      await insert({ sending: '99999999999999999999' });
      const claim = await open().claim(2);
      expect(claim.distributions.map((row) => row.sending)).toEqual(['1', '1']);
      await claim.release();
    });
  });

  describe('recording', () => {
    const before = new Date('2020-01-01T00:00:00Z');
    const failedBefore = { errorCode: 'OLD', errorText: 'old', retryDateTime: before, retryCount: 2 };

    it.each([
      ['S', 'sentDateTime', 'publishedDateTime'],
      ['P', 'publishedDateTime', 'sentDateTime'],
    ] as const)('%s writes only %s, and removes an earlier error', async (status, paired, other) => {
      const distributionId = await insert(failedBefore);
      await record({ distributionId, status });
      expect(await suite.row(distributionId)).toMatchObject({
        distributionStatus: status,
        [paired]: expect.any(Date),
        [other]: null,
        errorCode: null,
        errorText: null,
        retryDateTime: null,
        retryCount: 2,
      });
    });

    it('dates the sending after the claim, since the message was put in between', async () => {
      const distributionId = await insert();
      const claim = await open().claim(1);
      const { rows } = await suite.client.query<{ now: Date }>('SELECT now()');
      await claim.record([{ distributionId, status: 'S' }]);
      expect((await suite.row(distributionId)).sentDateTime?.getTime()).toBeGreaterThanOrEqual(
        Number(rows[0]?.now),
      );
    });

    it('writes a reference that it is given, and else keeps the one of the row', async () => {
      const [file, queue] = [await insert(), await insert({ distributionReference: 'theirs' })];
      await record(
        { distributionId: file, status: 'S', reference: `${file}.json` },
        { distributionId: queue, status: 'S' },
      );
      expect((await suite.row(file)).distributionReference).toBe(`${file}.json`);
      expect((await suite.row(queue)).distributionReference).toBe('theirs');
    });

    it('R has when the retry is due by the clock of the database, and why, and counts the try', async () => {
      const distributionId = await insert({ retryCount: 1 });
      await record({
        distributionId,
        status: 'R',
        retryInMs: 90_500,
        code: 'BROKER_REFUSED',
        text: 'Refused.',
      });
      const { retryDateTime, auditTimeStamp, ...written } = await suite.row(distributionId);
      expect(written).toMatchObject({
        distributionStatus: 'R',
        errorCode: 'BROKER_REFUSED',
        errorText: 'Refused.',
        retryCount: 2,
        sentDateTime: null,
      });
      expect(Number(retryDateTime) - Number(auditTimeStamp)).toBe(90_500);
    });

    it('E has the reason, counts the try and has no due time', async () => {
      const distributionId = await insert(failedBefore);
      await record({ distributionId, status: 'E', code: 'NO_TEXT', text: 'No text.' });
      expect(await suite.row(distributionId)).toMatchObject({
        distributionStatus: 'E',
        errorCode: 'NO_TEXT',
        errorText: 'No text.',
        retryCount: 3,
        retryDateTime: null,
      });
    });

    it('sets the audit columns to the app and the user of the database', async () => {
      const distributionId = await insert();
      await record({ distributionId, status: 'S' });
      const { sentDateTime, ...written } = await suite.row(distributionId);
      expect(written).toMatchObject({
        auditTimeStamp: sentDateTime,
        auditProcess: 'push-to-handset',
        auditUser: new URL(suite.url).username,
      });
    });

    it('cuts a fault that is too long, and drops NUL, so that the other rows are written', async () => {
      const distributionId = await insert();
      const changed = await record({
        distributionId,
        status: 'E',
        code: 'C'.repeat(60),
        text: `\0${'t'.repeat(600)}`,
      });
      expect(changed).toBe(1);
      expect(await suite.row(distributionId)).toMatchObject({
        errorCode: 'C'.repeat(50),
        errorText: 't'.repeat(500),
      });
    });

    it('does not count past the largest retry count', async () => {
      const distributionId = await insert({ retryCount: 32_767 });
      await record({ distributionId, status: 'R', retryInMs: 1, code: 'C', text: 't' });
      expect((await suite.row(distributionId)).retryCount).toBe(32_767);
    });

    it('changes and counts only rows that are still at D', async () => {
      const [mine, theirs] = [await insert(), await insert({ distributionStatus: 'E' })];
      expect(
        await record(...[mine, theirs].map((distributionId) => ({ distributionId, status: 'S' }) as const)),
      ).toBe(1);
      expect((await suite.row(theirs)).distributionStatus).toBe('E');
    });

    it('is refused after the end of the claim', async () => {
      const distributionId = await insert();
      const claim = await open().claim(1);
      await claim.release();
      await expect(claim.record([{ distributionId, status: 'S' }])).rejects.toMatchObject({
        code: 'STORE_CLAIM_ENDED',
        retryable: false,
      });
      expect((await suite.row(distributionId)).distributionStatus).toBe('D');
    });
  });

  describe('a batch with rows that may not be recorded', () => {
    const ALL = ['S', 'P', 'R', 'E'];
    const batch = async (count: number) => {
      const ids: string[] = [];
      for (let i = 0; i < count; i++) ids.push(await insert());
      const claim = await open().claim(count);
      await claim.announce(ids);
      return {
        ids,
        record: () => claim.record(ids.map((distributionId) => ({ distributionId, status: 'S' }))),
      };
    };
    const statusOf = async (id: string) => (await suite.row(id)).distributionStatus;
    const setAside = async () => {
      const sql = `SELECT comms_request_target_distribution_id AS id, delivery_method AS method, message_put AS put,
        error_code AS code, audit_process AS process FROM comms_set_aside`;
      return (await suite.client.query<Record<string, unknown>>(sql)).rows;
    };

    it.each([
      ['a trigger', {}],
      ['a trigger with its own code', { code: 'ABC01' }],
      ['a check', { code: '23514' }],
      ['a value', { code: '22003' }],
      ['a trigger that uses a column which is not there', { code: '42703' }],
      ['a constraint at the commit', { atCommit: true, code: '23503' }],
      ['a trigger that skips the change without an error', { code: 'SKIP' }],
      ['a trigger that sets the status back', { code: 'BACK' }],
      ['a trigger that sets the status back at the commit', { atCommit: true, code: 'BACK' }],
    ])('records the others where %s refuses one', async (_, how) => {
      const { ids, record } = await batch(9);
      await refuse(ids[6] ?? '', ['S'], how);
      expect(await record()).toEqual({ changed: 9, failed: [ids[6]], setAside: [] });
      expect((await Promise.all(ids.map(statusOf))).join('')).toBe('SSSSSSESS');
      expect(await claimable()).toEqual([]);
    });

    it.each([
      ['40P01', 'STORE_CONFLICT'],
      ['53100', 'STORE_OUT_OF_RESOURCES'],
      ['57014', 'STORE_TIMEOUT'],
    ])('changes nothing where the error %s belongs to no row', async (code, expected) => {
      const { ids, record } = await batch(2);
      await refuse(ids[0] ?? '', ['S'], { code });
      await expect(record()).rejects.toMatchObject({ code: expected });
      expect(await Promise.all(ids.map(statusOf))).toEqual(['D', 'D']);
    });

    it('changes nothing where the statement itself is refused, whatever its rows', async () => {
      const { ids, record } = await batch(2);
      await suite.client.query(`CREATE TRIGGER refuse_all BEFORE UPDATE ON comms_request_target_distribution
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_all()`);
      try {
        await expect(record()).rejects.toMatchObject({ code: 'STORE_DATA_REFUSED', sqlState: 'P0001' });
      } finally {
        await suite.client.query('DROP TRIGGER refuse_all ON comms_request_target_distribution');
      }
      expect(await Promise.all(ids.map(statusOf))).toEqual(['D', 'D']);
      expect(await setAside()).toEqual([]);
    });

    it('records whether the message of a row that is set aside was put, and why the row is', async () => {
      const [put, refused] = [await insert(), await insert()];
      for (const id of [put, refused]) await refuse(id, ALL);
      const claim = await open().claim(2);
      await claim.record([
        { distributionId: put, status: 'S' },
        { distributionId: refused, status: 'E', code: "C'\0", text: 't' },
      ]);
      const common = { method: 'PUSH', process: APP };
      expect(await setAside()).toEqual([
        { id: put, put: true, code: 'MESSAGE_PUT_NOT_RECORDED', ...common },
        { id: refused, put: false, code: "C'", ...common },
      ]);
    });

    it('sets aside all rows that it could not check in time, so that none is put again', async () => {
      const ids = [await insert(), await insert(), await insert()];
      await refuse(ids[1] ?? '', ['S']);
      const claim = await open({ isolationLimitMs: 0 }).claim(3);
      const recorded = await claim.record(ids.map((distributionId) => ({ distributionId, status: 'S' })));
      expect(recorded).toEqual({ changed: 0, failed: [], setAside: ids });
      expect(await claimable()).toEqual([]);
    });

    it('claims nothing more once 10,000 rows are set aside, and goes on when they are released', async () => {
      await insert();
      await suite.client
        .query(`INSERT INTO comms_set_aside SELECT i, 'PUSH', true, 'C', 't', now(), now(), 'spec', 'spec'
        FROM generate_series(1000001, 1010000) AS i`);
      await expect(open().claim(1)).rejects.toMatchObject({ code: 'STORE_SET_ASIDE_FULL', retryable: false });
      await suite.client.query(
        'DELETE FROM comms_set_aside WHERE comms_request_target_distribution_id = 1000001',
      );
      expect(await claimable()).toHaveLength(1);
    });
  });
});

interface Refusal {
  readonly code?: string;
  readonly atCommit?: boolean;
}

/** Triggers of the customer's own, with the rows that they refuse in a table; some raise only at the commit. */
const REFUSALS = `
  DROP TABLE IF EXISTS refusal;
  CREATE TABLE refusal (id bigint, statuses text[], code text, at_commit boolean);
  CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE refused refusal;
  BEGIN
    SELECT * INTO refused FROM refusal
    WHERE id = new.comms_request_target_distribution_id AND new.distribution_status = ANY (statuses)
      AND at_commit = (TG_WHEN = 'AFTER');
    IF FOUND AND refused.code = 'SKIP' THEN RETURN NULL; END IF;
    IF FOUND AND refused.code = 'BACK' AND refused.at_commit THEN
      UPDATE comms_request_target_distribution SET distribution_status = 'D'
      WHERE comms_request_target_distribution_id = refused.id;
      RETURN new;
    END IF;
    IF FOUND AND refused.code = 'BACK' THEN new.distribution_status = 'D'; RETURN new; END IF;
    IF FOUND THEN RAISE EXCEPTION 'no' USING ERRCODE = refused.code; END IF;
    RETURN new;
  END $$;
  CREATE OR REPLACE FUNCTION refuse_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
  CREATE OR REPLACE TRIGGER refuse BEFORE UPDATE ON comms_request_target_distribution
    FOR EACH ROW EXECUTE FUNCTION refuse();
  DROP TRIGGER IF EXISTS refuse_at_commit ON comms_request_target_distribution;
  CREATE CONSTRAINT TRIGGER refuse_at_commit AFTER UPDATE ON comms_request_target_distribution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()`;
