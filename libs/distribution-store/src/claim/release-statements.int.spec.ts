import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { migratedSuite } from '../testing/index.js';
import { SENDING_OF_ROW } from './sending-of-row.js';

const OPERATIONS = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
const SECTION = OPERATIONS.slice(
  OPERATIONS.indexOf('## Rows set aside'),
  OPERATIONS.indexOf('## Rows changed elsewhere'),
);
const STATEMENTS = [...SECTION.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = '']) => sql);
const [, RECORD = '', TRY_AGAIN = '', , NEW_SENDING = ''] = STATEMENTS;

const suite = migratedSuite('push-to-handset');
const { insert, row } = suite;

describe('the statements that release rows set aside, as docs/operations.md has them', () => {
  it('record a row that was put, without the error of an earlier try', async () => {
    const [put, failed] = [await aside(true, { errorCode: 'BROKER_OLD' }), await aside(false)];
    await suite.client.query(RECORD);
    expect(await row(put)).toMatchObject({
      distributionStatus: 'S',
      errorCode: null,
      publishedDateTime: null,
    });
    expect((await row(put)).sentDateTime).not.toBeNull();
    expect(await left()).toEqual([failed]);
    await suite.client.query(TRY_AGAIN);
    expect(await left()).toEqual([]);
    expect(await row(failed)).toMatchObject({ distributionStatus: 'D' });
  });

  it.each([[{}], [{ sending: '7' }], [{ sending: '0', sentDateTime: new Date() }]])(
    'give a row with %j a sending that is higher than the one that was put',
    async (fields) => {
      const id = await aside(true, fields);
      const before = await sendingOf(id);
      await suite.client.query(NEW_SENDING);
      expect(await sendingOf(id)).toBeGreaterThan(before);
    },
  );
});

async function aside(put: boolean, fields: Parameters<typeof insert>[0] = {}): Promise<string> {
  const id = await insert({ deliveryMethod: 'PUSH', ...fields });
  const sql = `INSERT INTO comms_set_aside VALUES ($1, 'PUSH', $2, 'C', 't', now(), now(), 'spec', 'spec')`;
  await suite.client.query(sql, [id, put]);
  return id;
}

async function left(): Promise<string[]> {
  const sql = 'SELECT comms_request_target_distribution_id::text AS id FROM comms_set_aside';
  return (await suite.client.query<{ id: string }>(sql)).rows.map(({ id }) => id);
}

async function sendingOf(id: string): Promise<bigint> {
  const sql = `SELECT ${SENDING_OF_ROW} AS sending FROM comms_request_target_distribution
    WHERE comms_request_target_distribution_id = $1`;
  return BigInt((await suite.client.query<{ sending: string }>(sql, [id])).rows[0]?.sending ?? 0);
}
