import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readQueue, testClassic } from '@comms/test-servers';
import {
  brokerProperties,
  type Columns,
  type Daemon,
  type DistributionRow,
  distributionRow,
  insertRows,
  queueName,
  sampleRows,
  Stage,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const PAST = '2020-01-01T00:00:00Z';
const FUTURE = '2999-01-01T00:00:00Z';

const classic = await testClassic();

describe('the time exclusion', () => {
  let stage: Stage;
  let queue: string;
  let daemons: Daemon[];
  beforeEach(async () => {
    queue = queueName('time-exclusion');
    stage = await Stage.open({
      ...brokerProperties(classic),
      'comms.handset.monitor.extract.to.queue': queue,
    });
  });
  afterEach(() => stage.close());

  const insert = async (more: Columns): Promise<string> => {
    const rows = sampleRows(1, 'PUSH', more);
    return (await insertRows(stage.database.client, 'comms_request_target_distribution', rows))[0] ?? '';
  };
  const start = async (mode: string) => {
    const properties = { 'comms.time-exclusion.mode': mode };
    daemons = await Promise.all([
      stage.start('comms-monitor', properties),
      stage.start('push-to-handset', properties),
    ]);
  };
  const row = (id: string) => distributionRow(stage.database.client, id);
  const untilSent = (id: string) => stage.eventually(`${id} is sent`, () => row(id), isSent);
  const expectToWait = async (ids: readonly string[], isMarked: boolean) => {
    await Promise.all(daemons.map((daemon) => daemon.untilIdle()));
    for (const id of ids) {
      expect(await row(id)).toMatchObject({
        distribution_status: 'D',
        sent_date_time: null,
        lapsed_date_time: isMarked ? expect.any(Date) : null,
      });
    }
  };
  const expectOnQueue = async (ids: readonly string[]) => {
    const messages = await readQueue(classic, queue, { count: ids.length });
    const onQueue = messages.map(({ properties }) => properties['commsDistributionId']);
    expect(onQueue.sort()).toEqual([...ids].sort());
  };

  it('send-before: what has passed is marked and never sent, all else is sent', async () => {
    const eligible = await Promise.all(
      [null, FUTURE, 'infinity'].map((time_exclusion) => insert({ time_exclusion })),
    );
    const passed = await Promise.all([PAST, '-infinity'].map((time_exclusion) => insert({ time_exclusion })));
    await start('send-before');

    await Promise.all(eligible.map(untilSent));
    await expectToWait(passed, true);
    await expectOnQueue(eligible);
    for (const daemon of daemons) {
      expect((await daemon.untilHealth('shows the lapsed', isLapsed(2))).backlog).toMatchObject({
        waiting: 0,
        lapsed: 2,
        oldestWaitingSeconds: 0,
      });
    }
  });

  it('send-before: a mark is removed, and the row sent, when its time is moved', async () => {
    const [moved, freed] = await Promise.all([
      insert({ time_exclusion: PAST }),
      insert({ time_exclusion: PAST }),
    ]);
    await start('send-before');
    for (const id of [moved, freed]) await stage.eventually(`${id} is marked`, () => row(id), isMarked);

    await moveTime(moved, FUTURE);
    await moveTime(freed, null);

    expect((await untilSent(moved)).lapsed_date_time).toBeNull();
    expect((await untilSent(freed)).lapsed_date_time).toBeNull();
    await expectOnQueue([moved, freed]);
  });

  const moveTime = (id: string, time: string | null) =>
    stage.database.client.query(
      `UPDATE comms_request_target_distribution SET time_exclusion = $2
       WHERE comms_request_target_distribution_id = $1`,
      [id, time],
    );

  it('send-after: what has not passed waits without a mark, all else is sent', async () => {
    const eligible = await Promise.all(
      [null, PAST, '-infinity'].map((time_exclusion) => insert({ time_exclusion })),
    );
    const marked = await insert({ time_exclusion: PAST, lapsed_date_time: PAST });
    const early = await Promise.all([FUTURE, 'infinity'].map((time_exclusion) => insert({ time_exclusion })));
    await start('send-after');

    await Promise.all(eligible.map(untilSent));
    expect((await untilSent(marked)).lapsed_date_time).toBeNull();
    await expectToWait(early, false);
    await expectOnQueue([...eligible, marked]);
  });

  it('send-after: a row is sent once its time has come, and not before', async () => {
    await start('send-after');
    await Promise.all(daemons.map((daemon) => daemon.untilUp()));
    const soon = new Date(Date.now() + 1500);
    const id = await insert({ time_exclusion: soon.toISOString() });

    const { sent_date_time: sentAt } = await untilSent(id);

    expect(Number(sentAt)).toBeGreaterThanOrEqual(Number(soon));
    await expectOnQueue([id]);
  });
});

function isSent({ distribution_status: status }: DistributionRow): boolean {
  return status === 'S';
}

function isMarked({ lapsed_date_time: mark }: DistributionRow): boolean {
  return mark !== null;
}

function isLapsed(count: number) {
  return ({ backlog }: { backlog: { lapsed: number } | null }) => backlog?.lapsed === count;
}
