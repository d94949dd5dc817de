import { describe, expect, it } from '@jest/globals';
import type { TimeExclusionMode } from '@comms/distribution';
import { MONITOR_TASKS, type MonitorTask } from '@comms/delivery';
import { describeMonitorStore, type MonitorStoreHarness } from '@comms/delivery/testing';
import { insertDistribution, insertTarget, type Layout, migratedSuite, targetRow } from '../testing/index.js';
import { PostgresMonitorStore } from './postgres-monitor-store.js';

describe.each<Layout>(['one table', 'months'])('on %s', (layout) => {
  const suite = migratedSuite('comms-monitor', layout);
  const { insert, row } = suite;

  const open = (mode: TimeExclusionMode = 'send-before') =>
    new PostgresMonitorStore(suite.database, { schema: 'public', mode, process: 'comms-monitor' });
  const target = (fields: Parameters<typeof insertTarget>[1] = {}) => insertTarget(suite.client, fields);
  const entries = async () => {
    const sql =
      'SELECT comms_request_target_distribution_id AS id FROM comms_request_target_distribution ORDER BY 1';
    const { rows } = await suite.client.query<{ id: string }>(sql);
    return Promise.all(rows.map(({ id }) => row(id)));
  };

  const before = new Date(Date.now() - 60_000);
  const later = new Date(Date.now() + 60_000);

  /** Does the task if it is pending, as a pass does; both must agree. */
  async function pass(task: MonitorTask, store = open(), limit = 1000): Promise<number> {
    const pending = (await store.pending()).has(task);
    const handled = await store.perform(task, limit);
    expect(pending).toBe(handled > 0);
    return handled;
  }

  describeMonitorStore('PostgreSQL', () =>
    Promise.resolve<MonitorStoreHarness>({
      store: open(),
      insertDue: (task) => (task === 'create-entries' ? target() : insert(DUE[task])),
      insertNotDue: (task) =>
        task === 'create-entries' ? target({ mergeDateTime: null }) : insert(NOT_DUE[task]),
      isDone: async (task, id) => {
        if (task === 'create-entries')
          return (await targetRow(suite.client, id)).distributionEntryDateTime !== null;
        const { distributionStatus, lapsedDateTime } = await row(id);
        return DONE[task] === `${distributionStatus}${lapsedDateTime === null ? '' : ' lapsed'}`;
      },
      hold,
      close: () => Promise.resolve(),
    }),
  );

  const DUE = {
    'publish-online': { deliveryMethod: 'ONLINE' },
    'release-retries': { distributionStatus: 'R', retryDateTime: before },
    'clear-lapsed': { lapsedDateTime: before },
    'mark-lapsed': { timeExclusion: before },
  };
  const NOT_DUE = {
    'publish-online': { deliveryMethod: 'SMS' },
    'release-retries': { distributionStatus: 'R', retryDateTime: later },
    'clear-lapsed': { timeExclusion: before, lapsedDateTime: before },
    'mark-lapsed': { timeExclusion: later },
  };
  const DONE = {
    'publish-online': 'P',
    'release-retries': 'D',
    'clear-lapsed': 'D',
    'mark-lapsed': 'D lapsed',
  };

  async function hold(task: MonitorTask, id: string): Promise<() => Promise<void>> {
    const table = `comms_request_target${task === 'create-entries' ? '' : '_distribution'}`;
    const other = await suite.client.connect();
    await other.query('BEGIN');
    await other.query(`SELECT FROM ${table} WHERE ${table}_id = $1 FOR UPDATE`, [id]);
    return async () => {
      await other.query('ROLLBACK');
      other.release();
    };
  }

  describe.each(MONITOR_TASKS)('%s', (task) => {
    it('never touches EMAIL, LETTER, or a row at A', async () => {
      for (const deliveryMethod of ['EMAIL', 'LETTER']) {
        const fields = { deliveryMethod, timeExclusion: before, retryDateTime: before };
        await target({ deliveryMethod });
        await insert({ ...fields, distributionStatus: 'D' });
        await insert({ ...fields, distributionStatus: 'D', lapsedDateTime: before });
        await insert({ ...fields, distributionStatus: 'R' });
      }
      await insert({
        distributionStatus: 'A',
        deliveryMethod: 'ONLINE',
        retryDateTime: before,
        lapsedDateTime: before,
      });
      await insert({ distributionStatus: 'A', timeExclusion: before });
      expect(await pass(task)).toBe(0);
      expect(await pass(task, open('send-after'))).toBe(0);
    });
  });

  describe('create-entries', () => {
    it.each(['PUSH', 'SMS', 'EXTERNAL'])(
      'makes an entry at D for %s with all that the target holds',
      async (deliveryMethod) => {
        const fields = {
          commsRequestId: '9007199254740993',
          commsCode: 'CODE',
          deliveryMethod,
          target: 'target',
          aliasValue: 'alias',
          priority: 1,
          message: 'Ünïcode 🙂',
          timeExclusion: later,
        };
        const commsRequestTargetId = await target(fields);
        expect(await pass('create-entries')).toBe(1);
        expect(await entries()).toEqual([
          expect.objectContaining({
            ...fields,
            commsRequestTargetId,
            distributionStatus: 'D',
            publishedDateTime: null,
            sentDateTime: null,
            retryCount: 0,
            auditProcess: 'comms-monitor',
            createdDateTime: (await targetRow(suite.client, commsRequestTargetId)).distributionEntryDateTime,
          }),
        ]);
      },
    );

    it('makes an entry at P for ONLINE, published now', async () => {
      await target({ deliveryMethod: 'ONLINE' });
      await pass('create-entries');
      const [entry] = await entries();
      expect(entry).toMatchObject({ distributionStatus: 'P', publishedDateTime: entry?.createdDateTime });
    });

    it('leaves a target alone that is not merged yet', async () => {
      const id = await target({ mergeDateTime: null });
      expect(await pass('create-entries')).toBe(0);
      expect((await targetRow(suite.client, id)).distributionEntryDateTime).toBeNull();
    });

    it('marks a target whose entry upstream has written, and makes none', async () => {
      const commsRequestTargetId = await target();
      await insert({ commsRequestTargetId, distributionStatus: 'S' });
      expect(await pass('create-entries')).toBe(1);
      expect(await entries()).toHaveLength(1);
      expect((await targetRow(suite.client, commsRequestTargetId)).distributionEntryDateTime).not.toBeNull();
    });

    it('makes no second entry after the first was removed', async () => {
      await target();
      await pass('create-entries');
      await suite.client.query('TRUNCATE comms_request_target_distribution');
      expect(await pass('create-entries')).toBe(0);
      expect(await entries()).toEqual([]);
    });

    it('handles high priorities first, up to the limit', async () => {
      for (const priority of [3, 2, 1, 1]) await target({ priority });
      expect(await pass('create-entries', open(), 3)).toBe(3);
      expect((await entries()).map(({ priority }) => priority)).toEqual([1, 1, 2]);
    });

    it('neither fails nor makes two entries when upstream writes the entry at the same time', async () => {
      const commsRequestTargetId = await target();
      const upstream = await suite.client.connect();
      await upstream.query('BEGIN');
      await insertDistribution(upstream, { commsRequestTargetId });
      const performing = open().perform('create-entries', 10);
      await untilBlocked();
      await upstream.query('COMMIT');
      upstream.release();
      expect(await performing).toBe(0);
      expect(await pass('create-entries')).toBe(1);
      expect(await entries()).toHaveLength(1);
    });

    it('makes each entry once when four replicas are at it', async () => {
      await suite.client.query(`
      INSERT INTO comms_request_target (comms_request_id, delivery_method, message, merge_date_time)
      SELECT i, 'SMS', 'text', now() FROM generate_series(1, 4000) AS i`);
      const handled = await Promise.all([drain(), drain(), drain(), drain()]);
      expect(handled.reduce((sum, count) => sum + count)).toBe(4000);
      expect(await entries()).toHaveLength(4000);
    });
  });

  async function drain(): Promise<number> {
    const handled = await open().perform('create-entries', 200);
    return handled === 0 ? 0 : handled + (await drain());
  }

  /** Until a session of the store waits for another one. */
  async function untilBlocked(): Promise<void> {
    const deadline = Date.now() + 50_000;
    const sql = `SELECT FROM pg_stat_activity WHERE application_name = 'comms-monitor' AND wait_event_type = 'Lock'`;
    while ((await suite.client.query(sql)).rowCount === 0) {
      if (Date.now() > deadline) throw new Error('nothing waits');
    }
  }

  describe('publish-online', () => {
    it('publishes an ONLINE row at D, and no other', async () => {
      const [online, sms] = [await insert({ deliveryMethod: 'ONLINE' }), await insert({})];
      expect(await pass('publish-online')).toBe(1);
      const published = await row(online);
      expect(published).toMatchObject({
        distributionStatus: 'P',
        auditProcess: 'comms-monitor',
        sentDateTime: null,
      });
      expect(published.publishedDateTime).toEqual(published.auditTimeStamp);
      expect((await row(sms)).distributionStatus).toBe('D');
    });
  });

  describe('release-retries', () => {
    it.each(['PUSH', 'SMS', 'EXTERNAL', 'ONLINE'])(
      'returns a %s row whose retry is due to D',
      async (deliveryMethod) => {
        const id = await insert({
          deliveryMethod,
          distributionStatus: 'R',
          retryDateTime: before,
          retryCount: 2,
          errorCode: 'C',
          errorText: 't',
        });
        expect(await pass('release-retries')).toBe(1);
        expect(await row(id)).toMatchObject({
          distributionStatus: 'D',
          retryDateTime: null,
          retryCount: 2,
          errorCode: 'C',
          errorText: 't',
          auditProcess: 'comms-monitor',
        });
      },
    );

    it.each([later, null])('leaves a row alone whose retry is due at %s', async (retryDateTime) => {
      await insert({ distributionStatus: 'R', retryDateTime });
      expect(await pass('release-retries')).toBe(0);
    });

    it('leaves a row at E alone', async () => {
      await insert({ distributionStatus: 'E', retryDateTime: before });
      expect(await pass('release-retries')).toBe(0);
    });
  });

  describe('mark-lapsed', () => {
    it('marks a row whose time has passed; it stays at D', async () => {
      const id = await insert({ timeExclusion: before });
      expect(await pass('mark-lapsed')).toBe(1);
      const { lapsedDateTime, ...marked } = await row(id);
      expect(marked).toMatchObject({
        distributionStatus: 'D',
        auditProcess: 'comms-monitor',
        auditTimeStamp: lapsedDateTime,
      });
      expect(await pass('mark-lapsed')).toBe(0);
    });

    it.each([later, null, 'infinity'])(
      'leaves a row alone whose time exclusion is %s',
      async (timeExclusion) => {
        await insert({ timeExclusion });
        expect(await pass('mark-lapsed')).toBe(0);
      },
    );

    it('leaves a row alone that is set aside, since no one knows whether it was sent', async () => {
      const id = await insert({ timeExclusion: before });
      await suite.client.query(
        `INSERT INTO comms_set_aside VALUES ($1, 'SMS', true, 'C', 't', now(), now(), 'spec', 'spec')`,
        [id],
      );
      expect(await pass('mark-lapsed')).toBe(0);
      await suite.client.query('DELETE FROM comms_set_aside');
      expect(await pass('mark-lapsed')).toBe(1);
    });

    it('leaves an ONLINE row alone, which is published whatever its time', async () => {
      await insert({ deliveryMethod: 'ONLINE', timeExclusion: before });
      expect(await pass('mark-lapsed')).toBe(0);
      expect(await pass('publish-online')).toBe(1);
    });

    it('marks nothing in mode send-after', async () => {
      await insert({ timeExclusion: before });
      expect(await pass('mark-lapsed', open('send-after'))).toBe(0);
    });
  });

  describe('clear-lapsed', () => {
    it.each([later, null, 'infinity'])(
      'clears the mark once the time exclusion is %s',
      async (timeExclusion) => {
        const id = await insert({ timeExclusion, lapsedDateTime: before });
        expect(await pass('clear-lapsed')).toBe(1);
        expect(await row(id)).toMatchObject({ lapsedDateTime: null, auditProcess: 'comms-monitor' });
      },
    );

    it('keeps the mark of a row whose time has passed', async () => {
      await insert({ timeExclusion: before, lapsedDateTime: before });
      expect(await pass('clear-lapsed')).toBe(0);
    });

    it.each([before, later])(
      'clears every mark in mode send-after, that of %s too',
      async (timeExclusion) => {
        await insert({ timeExclusion, lapsedDateTime: before });
        expect(await pass('clear-lapsed', open('send-after'))).toBe(1);
      },
    );
  });

  describe('a row that the database refuses to change', () => {
    const refusing = async (condition: string, event: string, act: () => Promise<void>) => {
      await suite.client.query(`
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN IF ${condition} THEN RAISE EXCEPTION 'no'; END IF; RETURN new; END $$;
        CREATE TRIGGER refuse BEFORE ${event} ON comms_request_target_distribution
          FOR EACH ROW EXECUTE FUNCTION refuse()`);
      try {
        await act();
      } finally {
        await suite.client.query(
          'DROP TRIGGER refuse ON comms_request_target_distribution; DROP FUNCTION refuse',
        );
      }
    };
    const watched = () => {
      const told: unknown[] = [];
      const store = new PostgresMonitorStore(suite.database, {
        schema: 'public',
        mode: 'send-before',
        process: 'comms-monitor',
        onRefused: (task, id, { code }) => told.push([task, id, code]),
      });
      return { store, told };
    };

    it('is skipped and told of; the others are changed', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 9; i++) ids.push(await insert({ distributionStatus: 'R', retryDateTime: before }));
      const { store, told } = watched();
      await suite.client.query(
        `UPDATE comms_request_target_distribution SET comms_request_id = 8
         WHERE comms_request_target_distribution_id = $1`,
        [ids[4]],
      );
      await refusing(`new.comms_request_id = 8`, 'UPDATE', async () => {
        expect(await store.perform('release-retries', 100)).toBe(8);
        expect(await store.perform('release-retries', 100)).toBe(0);
        expect(await store.perform('release-retries', 1)).toBe(0);
      });
      expect(told).toEqual([['release-retries', ids[4], 'STORE_DATA_REFUSED']]);
      expect((await row(ids[4] ?? '')).distributionStatus).toBe('R');
    });

    it('is skipped too where its entry is refused', async () => {
      for (let i = 0; i < 4; i++) await target();
      const refused = await target({ commsRequestId: '8' });
      const { store, told } = watched();
      await refusing(`new.comms_request_id = 8`, 'INSERT', async () => {
        expect(await store.perform('create-entries', 3)).toBe(3);
        expect(await store.perform('create-entries', 3)).toBe(1);
      });
      expect(told).toEqual([['create-entries', refused, 'STORE_DATA_REFUSED']]);
      expect(await entries()).toHaveLength(4);
    });

    it('is no row where the statement itself is refused', async () => {
      await insert({ distributionStatus: 'R', retryDateTime: before });
      const { store, told } = watched();
      await suite.client.query(`
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
        CREATE TRIGGER refuse BEFORE UPDATE ON comms_request_target_distribution EXECUTE FUNCTION refuse()`);
      try {
        await expect(store.perform('release-retries', 100)).rejects.toMatchObject({
          code: 'STORE_DATA_REFUSED',
        });
      } finally {
        await suite.client.query(
          'DROP TRIGGER refuse ON comms_request_target_distribution; DROP FUNCTION refuse',
        );
      }
      expect(told).toEqual([]);
    });
  });
});
