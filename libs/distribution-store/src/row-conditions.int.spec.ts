import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TIME_EXCLUSION_MODES, type TimeExclusionMode } from '@comms/distribution';
import { type TestDatabase, testPostgres } from '@comms/test-servers';
import { Client } from 'pg';
import { mayBeDistributedNow } from './row-conditions.js';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await (await testPostgres()).createDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe.each(TIME_EXCLUSION_MODES)('the time exclusion in mode %s', (mode) => {
  it.each(['-1 hour', '-1 ms', '0', '1 ms', '1 hour'])(
    '%s from now is judged by the rule',
    async (offset) => {
      const sql = `SELECT ${mayBeDistributedNow(mode)} AS judged, now(), time_exclusion
      FROM (SELECT now() + $1::interval AS time_exclusion) AS row`;
      const { rows } = await client.query<{ judged: boolean; now: Date; time_exclusion: Date }>(sql, [
        offset,
      ]);
      const [row] = rows;
      expect(row?.judged).toBe(row && mayBeDistributed(mode, row.time_exclusion, row.now));
    },
  );

  it.each([
    [null, true],
    ['infinity', mode === 'send-before'],
    ['-infinity', mode === 'send-after'],
  ])('%s: %s', async (time, eligible) => {
    const sql = `SELECT ${mayBeDistributedNow(mode)} AS judged FROM (SELECT $1::timestamptz AS time_exclusion) AS row`;
    expect((await client.query(sql, [time])).rows).toEqual([{ judged: eligible }]);
  });

  it('is judged to the microsecond: a row at that very time may be distributed', async () => {
    const sql = `SELECT array_agg(${mayBeDistributedNow(mode)} ORDER BY time_exclusion) AS judged
      FROM (SELECT now() + i * interval '1 microsecond' AS time_exclusion FROM generate_series(-1, 1) AS i) AS row`;
    const { rows } = await client.query<{ judged: boolean[] }>(sql);
    expect(rows[0]?.judged).toEqual(mode === 'send-before' ? [false, true, true] : [true, true, false]);
  });
});

/** The rule in words: `send-before` until its time, `send-after` from then on, an equal time in both. */
function mayBeDistributed(mode: TimeExclusionMode, timeExclusion: Date, now: Date): boolean {
  return mode === 'send-before' ? timeExclusion >= now : timeExclusion <= now;
}
