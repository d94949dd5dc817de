import { insertRows, migratedDatabase, sampleRows, type SuiteDatabase } from '@comms/daemon-stage';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { type Overrides, render } from '../src/testing/chart.js';

const LIMIT_MS = 300_000;
const READER = 'comms_autoscaler';

const LITTLE: Overrides = {
  'daemons.push-to-handset.autoscaling.rowsPerReplica': 1,
  'daemons.push-to-handset.autoscaling.maxReplicas': 2,
};

describe('The count that the autoscaler scales by', () => {
  let database: SuiteDatabase;
  let reader: Client;

  beforeAll(async () => {
    database = await migratedDatabase();
    reader = await readOnly(database);
    const rows = (count: number, more = {}) =>
      sampleRows(count, 'PUSH', { time_exclusion: null, lapsed_date_time: null, ...more });
    const all = [
      ...rows(3),
      ...rows(1, { time_exclusion: '2999-01-01' }),
      ...rows(1, { time_exclusion: '2001-01-01' }),
      ...rows(1, { time_exclusion: '2001-01-01', lapsed_date_time: '2001-01-02' }),
      ...rows(1, { distribution_status: 'S' }),
      ...rows(1, { delivery_method: 'SMS' }),
    ];
    await insertRows(database.client, 'comms_request_target_distribution', all);
  }, LIMIT_MS);

  afterAll(async () => {
    await reader.end();
    await database.client.query(`DROP OWNED BY ${READER}`);
    await database.drop();
  });

  it.each([
    ['send-before', {}, 4],
    ['send-after', { properties: { 'comms.time-exclusion.mode': 'send-after' } }, 4],
    ['send-before, no further than the most pods need', LITTLE, 2],
  ])('counts the rows of the method that may be distributed now: %s', async (_mode, overrides, waiting) => {
    const { rows } = await reader.query<{ count: string }>(await query(overrides));
    expect(rows).toEqual([{ count: String(waiting) }]);
  });

  it('leaves the number of pods to the autoscaler', async () => {
    const objects = await render('production');
    const [deployment] = objects.filter(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'comms-push-to-handset',
    );
    expect(deployment?.spec).not.toHaveProperty('replicas');
  });
});

async function query(overrides: Overrides): Promise<string> {
  const objects = await render('production', overrides);
  const scaled = objects.find(
    ({ kind, metadata }) => kind === 'ScaledObject' && metadata.name === 'comms-push-to-handset',
  );
  return scaled?.spec?.triggers?.[0]?.metadata['query'] ?? '';
}

/** A session of a role with the rights that k8s/README.md gives it. */
async function readOnly({ client, url }: SuiteDatabase): Promise<Client> {
  const [role] = (
    await client.query<{ found: boolean }>(
      `SELECT count(*) > 0 AS found FROM pg_roles WHERE rolname = '${READER}'`,
    )
  ).rows;
  if (!role?.found) await client.query(`CREATE ROLE ${READER} NOLOGIN`);
  await client.query(
    `GRANT SELECT (delivery_method, distribution_status, lapsed_date_time, time_exclusion)
     ON comms_request_target_distribution TO ${READER}`,
  );
  const session = new Client({ connectionString: url });
  await session.connect();
  await session.query(`SET ROLE ${READER}`);
  return session;
}
