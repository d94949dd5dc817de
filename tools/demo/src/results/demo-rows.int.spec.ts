import { type MigratedDatabase, migratedDatabase } from '@comms/distribution-store/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { requestIdsOf, sampleComms } from '../comms/sample-comms.js';
import { untouchableComms } from '../comms/untouchable-comms.js';
import { Upstream } from '../comms/upstream.js';
import { DemoRows } from './demo-rows.js';
import { tallyOf } from './outcome.js';

const comms = sampleComms({ count: 120, firstRequestId: 1_795_517_635_000, brokerRefuses: true });
const untouchable = untouchableComms(1_795_517_635_120);
const ids = requestIdsOf(comms);

let database: MigratedDatabase;
let client: Client;

beforeAll(async () => {
  database = await migratedDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

beforeEach(async () => {
  await client.query('TRUNCATE comms_request_target_distribution, comms_request_target');
  const upstream = new Upstream(client);
  await upstream.putIn(untouchable);
  await upstream.putIn(comms);
});

describe('Upstream', () => {
  it('inserts what it is given: merged targets, targets before their merge, and rows at D', async () => {
    expect(await count('comms_request_target WHERE merge_date_time IS NOT NULL')).toBe(asked('target') + 2);
    expect(await count('comms_request_target WHERE merge_date_time IS NULL')).toBe(4);
    expect(await count("comms_request_target_distribution WHERE distribution_status = 'D'")).toBe(
      asked('distribution') + 2,
    );
  });

  it('inserts each text as it is, and each time exclusion relative to now', async () => {
    const [first] = comms;
    const { rows } = await client.query<{ message: string; priority: number }>(
      'SELECT message, priority FROM comms_request_target WHERE comms_request_id = $1',
      [first?.comm.commsRequestId],
    );

    expect(rows).toEqual([{ message: first?.comm.message, priority: first?.comm.priority }]);
    const lapsing = comms.filter(({ outcome }) => outcome === 'lapsed').length;
    expect(
      (await count('comms_request_target WHERE time_exclusion < now()')) +
        (await count('comms_request_target_distribution WHERE time_exclusion < now()')),
    ).toBe(lapsing);
  });
});

describe('DemoRows', () => {
  it('counts the rows of its own comms by method and outcome', async () => {
    await client.query(
      `UPDATE comms_request_target_distribution
       SET distribution_status = CASE delivery_method WHEN 'PUSH' THEN 'P' WHEN 'EXTERNAL' THEN 'D' ELSE 'S' END,
           lapsed_date_time = CASE delivery_method WHEN 'EXTERNAL' THEN now() END`,
    );
    const rows = comms.filter(({ putInAs }) => putInAs === 'distribution');
    const outcomes = { PUSH: 'P', SMS: 'S', EXTERNAL: 'lapsed', ONLINE: 'S' } as const;

    expect(await new DemoRows(client).tally(ids)).toEqual(
      tallyOf(
        rows.map(({ comm: { deliveryMethod } }) => ({
          method: deliveryMethod,
          outcome: outcomes[deliveryMethod],
        })),
      ),
    );
  });

  it('gives only the delivered rows, with the names of their files', async () => {
    const ofFirst = comms.filter(({ putInAs }) => putInAs === 'distribution').slice(0, 1);
    await client.query(
      `UPDATE comms_request_target_distribution SET distribution_status = 'S', distribution_reference = '7.json'
       WHERE comms_request_id = $1`,
      [ofFirst[0]?.comm.commsRequestId],
    );

    expect(await new DemoRows(client).delivered(ids)).toEqual([
      {
        distributionId: expect.stringMatching(/^\d+$/) as unknown,
        deliveryMethod: ofFirst[0]?.comm.deliveryMethod,
        reference: '7.json',
      },
    ]);
  });

  it('reports why comms were not delivered', async () => {
    await client.query(
      `UPDATE comms_request_target_distribution SET distribution_status = 'E', error_code = 'CODE', error_text = 'Text.'
       WHERE delivery_method = 'SMS'`,
    );

    expect(await new DemoRows(client).undelivered(ids)).toEqual([
      { outcome: 'E', code: 'CODE', text: 'Text.', retryAt: null, count: expect.any(Number) as unknown },
    ]);
  });

  it.each([
    [
      'a row of another method that was sent',
      "UPDATE comms_request_target_distribution SET distribution_status = 'S'",
    ],
    ['a row that was marked', 'UPDATE comms_request_target_distribution SET lapsed_date_time = now()'],
    [
      'a target that was given an entry',
      'UPDATE comms_request_target SET distribution_entry_date_time = now()',
    ],
  ])('notices %s', async (_, change) => {
    const rows = new DemoRows(client);
    expect(await rows.touched(requestIdsOf(untouchable))).toBe(0);

    await client.query(`${change} WHERE delivery_method = 'EMAIL'`);

    expect(await rows.touched(requestIdsOf(untouchable))).toBe(1);
  });
});

function asked(kind: 'target' | 'distribution'): number {
  return comms.filter(({ putInAs }) => putInAs === kind).length;
}

async function count(what: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${what}`);
  return rows[0]?.n ?? -1;
}
