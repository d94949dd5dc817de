import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  type Columns,
  deliveredTrace,
  type DeliveryMethod,
  type DistributionRow,
  distributionRow,
  distributionRows,
  insertRows,
  sampleRows,
  sampleTargets,
  Stage,
  traceOf,
  tracesOf,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const COUNT = 50;
const PAST = '2020-01-01T00:00:00Z';

describe('comms-monitor, alone with the database', () => {
  let stage: Stage;
  let ids: Record<'online' | 'onlineLapsed' | 'due' | 'onlineDue', string[]>;
  const rowsOf = (of: readonly string[]) =>
    Promise.all(of.map((id) => distributionRow(stage.database.client, id)));

  beforeAll(async () => {
    stage = await Stage.open({ 'comms.monitor.batch-size': 20 });
    ids = {
      online: await insert(sampleRows(COUNT, 'ONLINE')),
      onlineLapsed: await insert(sampleRows(1, 'ONLINE', { time_exclusion: PAST })),
      due: await insert([...retries('PUSH'), ...retries('SMS'), ...retries('EXTERNAL')]),
      onlineDue: await insert(retries('ONLINE')),
    };
    for (const method of ['PUSH', 'SMS', 'EXTERNAL', 'ONLINE'] as const) {
      await insertRows(stage.database.client, 'comms_request_target', sampleTargets(COUNT, method));
    }
    await (await stage.start('comms-monitor')).untilIdle();
  });
  afterAll(() => stage.close());

  const insert = (rows: readonly Columns[]) =>
    insertRows(stage.database.client, 'comms_request_target_distribution', rows);
  const entriesOf = async (method: DeliveryMethod): Promise<DistributionRow[]> =>
    (await distributionRows(stage.database.client, method)).filter(
      ({ comms_request_target_id: id }) => id !== null,
    );

  it('publishes ONLINE rows, whatever their time', async () => {
    const rows = await rowsOf([...ids.online, ...ids.onlineLapsed]);

    expect(tracesOf(rows)).toEqual([deliveredTrace('P', 'comms-monitor')]);
  });

  it('makes the entries of ONLINE targets published ones', async () => {
    const entries = await entriesOf('ONLINE');

    expect(entries).toHaveLength(COUNT);
    expect(tracesOf(entries)).toEqual([deliveredTrace('P', 'comms-monitor')]);
  });

  it.each(['PUSH', 'SMS', 'EXTERNAL'] as const)(
    'makes the entries of %s targets await a daemon',
    async (method) => {
      const entries = await entriesOf(method);

      expect(entries).toHaveLength(COUNT);
      expect(tracesOf(entries)).toEqual([
        { ...deliveredTrace('S', 'comms-monitor'), status: 'D', dated: [] },
      ]);
    },
  );

  it('makes rows whose retry is due await their daemon again, and keeps why they failed', async () => {
    expect((await rowsOf(ids.due)).map(traceOf)).toEqual(
      ids.due.map(() => ({
        ...deliveredTrace('S', 'comms-monitor'),
        status: 'D',
        dated: [],
        retryCount: 3,
        errorCode: 'BROKER_REFUSED_MESSAGE',
        errorText: 'The broker refused the message.',
      })),
    );
  });

  it('publishes ONLINE rows whose retry was due', async () => {
    expect(tracesOf(await rowsOf(ids.onlineDue))).toEqual([
      { ...deliveredTrace('P', 'comms-monitor'), retryCount: 3 },
    ]);
  });
});

function retries(method: DeliveryMethod): Columns[] {
  return sampleRows(3, method, {
    distribution_status: 'R',
    retry_date_time: PAST,
    retry_count: 3,
    error_code: 'BROKER_REFUSED_MESSAGE',
    error_text: 'The broker refused the message.',
  });
}
