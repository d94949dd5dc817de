import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { startFromSource } from '@comms/daemon-runtime/testing';
import {
  insertDistribution,
  type MigratedDatabase,
  migratedDatabase,
  untilBlocked,
} from '../testing/index.js';

const MAIN = new URL('../keep-months.main.ts', import.meta.url);
const MONTHS = await readFile(new URL('../../sql/months.sql', import.meta.url), 'utf8');

const TABLE = 'comms_request_target_distribution';
const EARLIER = `${TABLE}_earlier`;
const OLD = '2020-01-15T00:00:00Z';
const NOTHING = { code: 0, stdout: 'Nothing to do.\n', stderr: '' };
const YEAR = ['--drop-older-than', '12 months'];

let migrated: MigratedDatabase;
beforeEach(async () => {
  migrated = await migratedDatabase();
});
afterEach(() => migrated.drop());

describe('npm run db:keep-months', () => {
  it('makes the months to come, and says so where there is nothing to do', async () => {
    await migrated.client.query(MONTHS);
    const [last = ''] = (await parts()).filter((part) => part !== EARLIER).slice(-1);
    await migrated.client.query(`DROP TABLE ${last}`);
    expect(await keepMonths()).toEqual({ code: 0, stdout: `${last} made\n`, stderr: '' });
    expect(await parts()).toContain(last);
    expect(await keepMonths()).toEqual(NOTHING);
  });

  it('drops the months that are older than the given age, and none without one', async () => {
    await partitioned('S');
    expect(await keepMonths()).toEqual(NOTHING);
    expect(await keepMonths(['--drop-older-than', '900 years'])).toEqual(NOTHING);
    expect(await keepMonths(YEAR)).toEqual({ code: 0, stdout: `${EARLIER} dropped\n`, stderr: '' });
    expect(await parts()).not.toContain(EARLIER);
    expect(await keepMonths(YEAR)).toEqual(NOTHING);
  });

  it('reports which old months it keeps, and why', async () => {
    await partitioned('R');
    const stdout = `${EARLIER} kept: it has rows that are unfinished, or too young\n`;
    expect(await keepMonths(YEAR)).toEqual({ code: 0, stdout, stderr: '' });
    expect(await parts()).toContain(EARLIER);
  });

  it('keeps a month in which a row was set back to D while it looked, whatever isolation the database defaults to', async () => {
    await partitioned('E');
    await migrated.client.query(
      `ALTER DATABASE ${name()} SET default_transaction_isolation = 'repeatable read'`,
    );
    const operator = await migrated.client.connect();
    await operator.query(`BEGIN; UPDATE ${TABLE} SET distribution_status = 'D'`);
    const running = keepMonths(YEAR);
    await untilBlocked(migrated.client);
    await operator.query('COMMIT');
    operator.release();
    const stdout = `${EARLIER} kept: it has rows that are unfinished again\n`;
    expect(await running).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('needs no other right than the role comms_maintenance', async () => {
    await partitioned('S');
    const { environment, end } = await loginIn('IN ROLE comms_maintenance');
    const stdout = `${EARLIER} dropped\n`;
    expect(await keepMonths(YEAR, environment)).toEqual({ code: 0, stdout, stderr: '' });
    await end();
  });

  it('works in the schema of the tables', async () => {
    await migrated.client.query(`ALTER SCHEMA public RENAME TO "Comms"`);
    await migrated.client.query(`SET search_path TO "Comms"; ${MONTHS}; RESET search_path`);
    expect(await keepMonths(YEAR, { COMMS_DATASOURCE_SCHEMA: 'Comms' })).toEqual(NOTHING);
  });
});

describe('npm run db:keep-months ends with 70', () => {
  it('where another transaction holds the table for long, and keeps what it has made before', async () => {
    await partitioned('S');
    const [last = ''] = (await parts()).filter((part) => part !== EARLIER).slice(-1);
    await migrated.client.query(`DROP TABLE ${last}`);
    const operator = await migrated.client.connect();
    await operator.query(`BEGIN; SELECT FROM ${TABLE}`);
    const { code, stdout, stderr } = await keepMonths(YEAR);
    await operator.query('ROLLBACK');
    operator.release();
    expect({ code, stdout }).toEqual({ code: 70, stdout: `${last} made\n` });
    expect(stderr).toMatch(/^STORE_TIMEOUT: .* held the table for more than two seconds; the next run tries/);
    expect(await parts()).toEqual(expect.arrayContaining([EARLIER, last]));
  });

  it.each([
    ['has no functions', ''],
    ['is not partitioned', MONTHS.slice(0, MONTHS.indexOf('-- 1. Refuses'))],
  ])('where the table %s, and names months.sql', async (_what, sql) => {
    await migrated.client.query(sql);
    const { code, stdout, stderr } = await keepMonths(YEAR);
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toMatch(
      /^STORE_SCHEMA: .* must be partitioned by libs\/distribution-store\/sql\/months.sql/,
    );
  });

  it('where the right is missing, and names the role', async () => {
    await partitioned('S');
    const { environment, end } = await loginIn('');
    const { code, stdout, stderr } = await keepMonths(YEAR, environment);
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toMatch(/^STORE_RIGHT_MISSING: .* in the role comms_maintenance\.$/m);
    await end();
  });
});

describe('npm run db:keep-months ends with 78', () => {
  it('at a wrong argument, before it does anything', async () => {
    await partitioned('S');
    const { code, stdout, stderr } = await keepMonths(['--drop-older-than', '20 days']);
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
    expect(stderr).toMatch(/^--drop-older-than must be .* a month at least, not '20 days'\n/);
    expect(await parts()).toContain(EARLIER);
  });

  it('at a wrong configuration', async () => {
    const { code, stderr } = await keepMonths([], { COMMS_DATASOURCE_URL: 'nowhere' });
    expect(code).toBe(78);
    expect(stderr).toMatch(/^comms\.datasource\.url /);
  });
});

async function keepMonths(args: readonly string[] = [], environment: Record<string, string> = {}) {
  const program = startFromSource({
    main: MAIN,
    args,
    environment: { COMMS_DATASOURCE_URL: migrated.url, ...environment },
  });
  const code = await program.exitCode();
  return { code, stdout: program.stdout, stderr: program.stderr };
}

/** The table partitioned by months, with an old row of this status in its first part. */
async function partitioned(distributionStatus: string): Promise<void> {
  await insertDistribution(migrated.client, { distributionStatus, createdDateTime: OLD });
  await migrated.client.query(MONTHS);
}

async function parts(): Promise<string[]> {
  const { rows } = await migrated.client.query<{ part: string }>(
    `SELECT inhrelid::regclass::text AS part FROM pg_inherits WHERE inhparent = '${TABLE}'::regclass ORDER BY 1`,
  );
  return rows.map(({ part }) => part);
}

const name = () => new URL(migrated.url).pathname.slice(1);

/** A test's own login, with this right and nothing else. */
async function loginIn(right: string) {
  const login = `spec_${name().slice(-12)}`.replaceAll('-', '_');
  await migrated.client.query(`CREATE ROLE ${login} LOGIN PASSWORD '${login}' ${right}`);
  const { href } = Object.assign(new URL(migrated.url), { username: login, password: login });
  return {
    environment: { COMMS_DATASOURCE_URL: href },
    end: () => migrated.client.query(`DROP ROLE ${login}`),
  };
}
