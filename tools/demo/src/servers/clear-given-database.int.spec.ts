import { migratedDatabase } from '@comms/distribution-store/testing';
import { type TestDatabase, testPostgres } from '@comms/test-servers';
import { describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { untouchableComms } from '../comms/untouchable-comms.js';
import { Upstream } from '../comms/upstream.js';
import { clearGivenDatabase } from './clear-given-database.js';

describe('clearGivenDatabase', () => {
  it('takes an empty database', async () => {
    const { client, drop } = await setup(await (await testPostgres()).createDatabase());

    await expect(clearGivenDatabase(client)).resolves.toBeUndefined();
    await drop();
  });

  it('removes the rows of an earlier demo', async () => {
    const { client, drop } = await setup(await migratedDatabase());
    await new Upstream(client).putIn(untouchableComms(1));

    await clearGivenDatabase(client);

    expect((await client.query('SELECT 1 FROM comms_request_target')).rows).toEqual([]);
    expect((await client.query('SELECT 1 FROM comms_request_target_distribution')).rows).toEqual([]);
    await drop();
  });

  it.each([
    ['a target', "INSERT INTO comms_request_target (comms_request_id, delivery_method) VALUES (1, 'SMS')"],
    [
      'a distribution row',
      `INSERT INTO comms_request_target_distribution (comms_request_id, comms_code, delivery_method, distribution_status)
       VALUES (1, 'BILL_READY', 'SMS', 'S')`,
    ],
  ])('refuses a database with %s of another owner, and changes nothing', async (_, insert) => {
    const { client, drop } = await setup(await migratedDatabase());
    await new Upstream(client).putIn(untouchableComms(1));
    await client.query(insert);

    await expect(clearGivenDatabase(client)).rejects.toMatchObject({ code: 'DATABASE_IN_USE' });

    expect((await client.query('SELECT 1 FROM comms_request_target')).rows.length).toBeGreaterThanOrEqual(6);
    await drop();
  });
});

async function setup(database: TestDatabase) {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const drop = async () => {
    await client.end();
    await database.drop();
  };
  return { client, drop };
}
