import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { distributionRows } from '@comms/daemon-stage';
import { testClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';

jest.setTimeout(180_000);

const ROWS = 300;
const TABLE = 'comms_request_target_distribution';

const classic = await testClassic();

describe('22 a row of which the database refuses to record what became of it', () => {
  let faults: FaultStage;
  beforeEach(async () => {
    faults = await FaultStage.open(classic);
  });
  afterEach(() => faults.close());

  /** A trigger of the customer's own that raises where `condition` holds of the new row. */
  async function refuseWhere(condition: string, trigger = 'TRIGGER refuse BEFORE UPDATE', timing = '') {
    await faults.stage.database.client.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF ${condition} THEN RAISE EXCEPTION 'no'; END IF; RETURN new; END $$;
      CREATE ${trigger} ON ${TABLE} ${timing} FOR EACH ROW EXECUTE FUNCTION refuse()`);
  }

  const isRow = (id: string | undefined) => `new.comms_request_target_distribution_id = ${id ?? 0}`;

  it.each([
    ['by a trigger', 'TRIGGER refuse BEFORE UPDATE', ''],
    [
      'by a constraint at the commit',
      'CONSTRAINT TRIGGER refuse AFTER UPDATE',
      'DEFERRABLE INITIALLY DEFERRED',
    ],
  ])('says so with E, refused %s; the others are put once', async (_, trigger, timing) => {
    const ids = await faults.insert(ROWS);
    const refused = ids[ROWS / 2];
    await refuseWhere(`${isRow(refused)} AND new.distribution_status IN ('S', 'P')`, trigger, timing);
    const daemon = await faults.startUp();

    checkTotalQueue(await faults.judge());
    expect(await outcomes()).toEqual({ 'S -': ROWS - 1, 'E MESSAGE_PUT_NOT_RECORDED': 1 });
    expect(await faults.setAside()).toEqual([]);
    expect((await daemon.metrics()).get('comms_poller_paused')).toBe(0);
  });

  it('is set aside where every change is refused; once released it goes again, marked', async () => {
    const ids = await faults.insert(ROWS);
    const refused = ids[ROWS / 2] ?? '';
    await refuseWhere(isRow(refused));
    const daemon = await faults.startUp();

    checkTotalQueue(await faults.judge());
    expect(await outcomes()).toEqual({ 'S -': ROWS - 1, 'D -': 1 });
    expect(await faults.setAside()).toEqual([{ id: refused, put: true, code: 'MESSAGE_PUT_NOT_RECORDED' }]);
    await daemon.untilHealth('reports the row', ({ backlog }) => backlog?.setAside === 1);
    expect((await daemon.metrics()).get('comms_set_aside_rows{method="PUSH"}')).toBe(1);

    await faults.stage.database.client.query(`DROP TRIGGER refuse ON ${TABLE}; ${SEND_AGAIN}`);
    await faults.untilDrained();
    expect(await outcomes()).toEqual({ 'S -': ROWS });
    expect(await markOf(refused)).toBe('true');
  });

  it('costs no other row anything where there are five, in batches that are as large as they may be', async () => {
    const ids = await faults.insert(2_000);
    const refused = [3, 700, 701, 1_500, 1_999].map((i) => ids[i]);
    await refuseWhere(`new.comms_request_target_distribution_id IN (${refused.join(', ')})`);
    await faults.startUp({ 'comms.handset.monitor.extract.batch-size': 2_000 });

    checkTotalQueue(await faults.judge());
    expect((await faults.setAside()).map(({ id }) => id)).toEqual(refused);
  });

  async function outcomes(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const row of await distributionRows(faults.stage.database.client)) {
      const outcome = `${row.distribution_status} ${row.error_code ?? '-'}`;
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
    return counts;
  }

  /** What the one message that is on the queue says of being a duplicate. */
  async function markOf(id: string): Promise<string | undefined> {
    const [message, ...others] = await faults.take(1);
    expect(others).toEqual([]);
    expect(message?.properties['commsDistributionId']).toBe(id);
    return message?.properties['commsPossibleDuplicate'];
  }
});

/** As in docs/operations.md. */
const SEND_AGAIN = `DELETE FROM comms_set_aside WHERE delivery_method = 'PUSH'`;
