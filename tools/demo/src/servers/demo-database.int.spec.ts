import { migratedDatabase } from '@comms/distribution-store/testing';
import { describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { startIdsAt } from './demo-database.js';

describe('startIdsAt', () => {
  it('gives the next distribution row an id beyond the number', async () => {
    const database = await migratedDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();

    await startIdsAt(client, 1_795_517_635_000);

    const { rows } = await client.query(
      `INSERT INTO comms_request_target_distribution (comms_request_id, delivery_method, distribution_status)
       VALUES (1, 'SMS', 'D') RETURNING comms_request_target_distribution_id AS id`,
    );
    expect(rows).toEqual([{ id: '1795517635001' }]);
    await client.end();
    await database.drop();
  });
});
