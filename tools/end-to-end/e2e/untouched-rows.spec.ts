import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { testClassic } from '@comms/test-servers';
import {
  APPS,
  brokerProperties,
  type Columns,
  type DeliveryMethod,
  insertRows,
  queueName,
  rowDump,
  sampleComm,
  sampleRows,
  Stage,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const TARGETS = 'comms_request_target';
const ROWS = 'comms_request_target_distribution';
const MARK_AND_AUDIT = ['lapsed_date_time', 'audit_time_stamp', 'audit_process', 'audit_user'];

const classic = await testClassic();

describe('the four daemons', () => {
  let stage: Stage;
  let lapsing: string[];
  let found: string[];
  let before: Dumps;
  let after: Dumps;

  beforeAll(async () => {
    stage = await Stage.open({
      ...brokerProperties(classic),
      'comms.handset.monitor.extract.to.queue': queueName('push'),
      'comms.sms.monitor.extract.to.queue': queueName('sms'),
      'comms.external.monitor.extract.to.queue': queueName('external'),
    });
    const { client } = stage.database;
    await insertRows(client, ROWS, OTHERS_BUSINESS);
    lapsing = await insertRows(client, ROWS, LAPSING);
    await insertRows(client, TARGETS, UNDUE_TARGETS);
    found = await insertRows(client, TARGETS, [{ ...target('SMS'), merge_date_time: PAST }]);
    await insertRows(client, ROWS, [{ ...row('SMS', 'S'), comms_request_target_id: found[0] ?? null }]);
    before = await dumps(stage);

    await work(stage, lapsing.length);
    after = await dumps(stage);
  });
  afterAll(() => stage.close());

  it('leave rows of other methods and statuses, and those that are not due, byte for byte as they were', () => {
    const [was, is] = [before.rows, after.rows].map((rows) => without(rows, lapsing));

    expect(was?.size).toBe(OTHERS_BUSINESS.length + 1);
    for (const [id, text] of was ?? []) expect(is?.get(id)).toBe(text);
  });

  it('change nothing of a lapsed row but its mark and the audit columns', () => {
    for (const id of lapsing) {
      expect(after.rowsWithoutMark.get(id)).toBe(before.rowsWithoutMark.get(id));
      expect(JSON.parse(after.rows.get(id) ?? '')).toMatchObject({
        lapsed_date_time: expect.any(String),
        audit_process: 'comms-monitor',
        audit_user: expect.stringMatching(/^comms_monitor_/),
      });
    }
  });

  it('leave targets that are not merged or not theirs byte for byte as they were', () => {
    const was = without(before.targets, found);

    expect(was.size).toBe(UNDUE_TARGETS.length);
    for (const [id, text] of was) expect(after.targets.get(id)).toBe(text);
  });

  it('change nothing of a target that has an entry already but the mark that it has one', () => {
    for (const id of found) {
      expect(after.targetsWithoutMark.get(id)).toBe(before.targetsWithoutMark.get(id));
    }
  });

  it('add no row but the entries of targets that are due', () => {
    expect(after.rows.size).toBe(before.rows.size + 2 * CANARIES.length);
    expect(after.targets.size).toBe(before.targets.size + CANARIES.length);
  });
});

const METHODS: readonly DeliveryMethod[] = ['PUSH', 'SMS', 'EXTERNAL', 'ONLINE'];
const CANARIES = METHODS;
const PAST = '2020-02-29T23:59:59.999999+14:00';
const FUTURE = '2999-12-31T00:00:00Z';

/** Every column is filled, as a row with a long life has them. */
function row(method: DeliveryMethod, status: string, more: Columns = {}): Columns {
  return {
    ...sampleComm(0, method),
    comms_request_target_id: null,
    time_exclusion: null,
    distribution_status: status,
    created_date_time: PAST,
    sent_date_time: '2021-01-01T00:00:00.123456Z',
    published_date_time: '2021-01-02T00:00:00Z',
    retry_date_time: null,
    read_date_time: 'infinity',
    lapsed_date_time: null,
    retry_count: 7,
    error_code: 'SOMEBODY_ELSES',
    error_text: 'An error of long ago.',
    distribution_reference: 'third-party-1',
    audit_time_stamp: PAST,
    audit_process: 'upstream',
    audit_user: 'upstream-user',
    ...more,
  };
}

const OTHERS_BUSINESS: readonly Columns[] = [
  ...['A', 'D', 'S', 'P', 'R', 'E'].flatMap((status) => [
    row('EMAIL', status, { retry_date_time: PAST, time_exclusion: FUTURE }),
    row('LETTER', status, { retry_date_time: PAST, time_exclusion: PAST }),
  ]),
  ...METHODS.flatMap((method) => [
    ...['A', 'S', 'P', 'E'].flatMap((status) => [
      row(method, status),
      row(method, status, { retry_date_time: PAST, time_exclusion: PAST, lapsed_date_time: PAST }),
      row(method, status, { time_exclusion: FUTURE, message: null, target: null }),
    ]),
    row(method, 'R', { retry_date_time: FUTURE }),
    row(method, 'R', { retry_date_time: 'infinity' }),
    row(method, 'R'),
  ]),
  ...(['PUSH', 'SMS', 'EXTERNAL'] as const).map((method) =>
    row(method, 'D', { time_exclusion: PAST, lapsed_date_time: PAST }),
  ),
];

const LAPSING: readonly Columns[] = (['PUSH', 'SMS', 'EXTERNAL'] as const).flatMap((method) => [
  row(method, 'D', { time_exclusion: PAST }),
  row(method, 'D', { time_exclusion: '-infinity', message: null }),
]);

function target(method: DeliveryMethod): Columns {
  return { ...sampleComm(1, method), time_exclusion: FUTURE, distribution_entry_date_time: null };
}

const UNDUE_TARGETS: readonly Columns[] = [
  ...[...METHODS, 'EMAIL' as const, 'LETTER' as const].map((method) => ({
    ...target(method),
    merge_date_time: null,
  })),
  { ...target('EMAIL'), merge_date_time: PAST },
  { ...target('LETTER'), merge_date_time: PAST },
  ...METHODS.map((method) => ({
    ...target(method),
    merge_date_time: PAST,
    distribution_entry_date_time: PAST,
  })),
];

/** Lets all daemons do what is due, until they find nothing more to do. */
async function work(stage: Stage, lapsing: number): Promise<void> {
  const { client } = stage.database;
  await insertRows(
    client,
    TARGETS,
    CANARIES.map((method) => ({ ...target(method), merge_date_time: PAST })),
  );
  await insertRows(
    client,
    ROWS,
    CANARIES.flatMap((method) => sampleRows(1, method)),
  );
  const daemons = await Promise.all(APPS.map((app) => stage.start(app)));
  await stage.eventually(
    'the rest is done',
    () => undone(stage, lapsing),
    (count) => count === 0,
  );
  await Promise.all(daemons.map((daemon) => daemon.untilIdle()));
}

/** Canaries that live, and marks that are not set. */
async function undone({ database: { client } }: Stage, lapsing: number): Promise<number> {
  const { rows } = await client.query<{ done: string; marked: string }>(
    `SELECT count(*) FILTER (WHERE distribution_status IN ('S', 'P')) AS done,
       count(*) FILTER (WHERE lapsed_date_time >= created_date_time + interval '1 year') AS marked
     FROM ${ROWS} WHERE audit_process <> 'upstream'`,
  );
  return 2 * CANARIES.length - Number(rows[0]?.done) + (lapsing - Number(rows[0]?.marked));
}

type Dumps = Readonly<
  Record<'targets' | 'targetsWithoutMark' | 'rows' | 'rowsWithoutMark', ReadonlyMap<string, string>>
>;

async function dumps({ database: { client } }: Stage): Promise<Dumps> {
  return {
    targets: await rowDump(client, TARGETS),
    targetsWithoutMark: await rowDump(client, TARGETS, ['distribution_entry_date_time']),
    rows: await rowDump(client, ROWS),
    rowsWithoutMark: await rowDump(client, ROWS, MARK_AND_AUDIT),
  };
}

function without(rows: ReadonlyMap<string, string>, ids: readonly string[]): ReadonlyMap<string, string> {
  return new Map([...rows].filter(([id]) => !ids.includes(id)));
}
