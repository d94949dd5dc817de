import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { type OwnPostgres, startPostgres } from '@comms/test-servers';
import { PostgresDistributionStore } from '../claim/postgres-distribution-store.js';
import { migrate } from '../migrate/migrate.js';
import { aDatasourceConfig, migratedSuite } from '../testing/index.js';
import type { Database } from './database.js';

const APP = 'push-to-handset';

const suite = migratedSuite(APP);
const { open, insert, row } = suite;

const storeOn = (on: Database) =>
  new PostgresDistributionStore(on, { schema: 'public', method: 'SMS', mode: 'send-before', process: APP });
const sent = (distributionId: string) => [{ distributionId, status: 'S' }] as const;
const urlWith = (parts: Partial<Pick<URL, 'username' | 'password' | 'pathname' | 'port' | 'hostname'>>) =>
  Object.assign(new URL(suite.url), parts).href;
const terminateAll = () =>
  suite.client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
    [APP],
  );

describe('a session of the store', () => {
  it('shows the name of the app to the database', async () => {
    const { rows } = await suite.database.run(`SELECT current_setting('application_name') AS name`);
    expect(rows).toEqual([{ name: APP }]);
  });

  it('keeps its limits in every transaction, opened or run', async () => {
    const limited = open({ statementTimeout: 11_000, lockTimeout: 12_000, idleInTransactionTimeout: 13_000 });
    const sql = `SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
      current_setting('idle_in_transaction_session_timeout') AS idle,
      current_setting('transaction_isolation') AS isolation`;
    const expected = [{ statement: '11s', lock: '12s', idle: '13s', isolation: 'read committed' }];
    expect((await limited.run(sql)).rows).toEqual(expected);
    const { transaction, results } = await limited.begin(sql);
    await transaction.rollback();
    expect(results.map(({ rows }) => rows)).toEqual([expected]);
  });

  it('leaves nothing of a run that fails', async () => {
    const id = await insert();
    const change = `UPDATE comms_request_target_distribution SET distribution_status = 'E'`;
    await expect(suite.database.run(`${change}; SELECT 1 / 0`)).rejects.toMatchObject({
      code: 'STORE_DATA_REFUSED',
    });
    expect((await row(id)).distributionStatus).toBe('D');
  });

  it('waits for the rollback of a run that fails because of a row, whose locks would hide rows from the next', async () => {
    const server = await lateReadiness();
    const url = urlWith({ port: String(server.port) });
    const failed = open({ url }).run('SELECT 1 / 0');
    failed.catch(() => undefined);
    await server.reportedError;
    expect(await Promise.race([failed, setTimeout(200, 'waits')])).toBe('waits');
    server.release();
    await expect(failed).rejects.toMatchObject({ code: 'STORE_DATA_REFUSED' });
  });
});

describe('the first use', () => {
  it.each([
    ['no server', { port: '1' }, 'STORE_UNREACHABLE', true],
    ['an unknown host', { hostname: 'nowhere.invalid' }, 'STORE_UNREACHABLE', true],
    ['a wrong password', { password: 'wrong' }, 'STORE_LOGIN_REFUSED', false],
    ['an unknown database', { pathname: 'nothing' }, 'STORE_LOGIN_REFUSED', false],
  ] as const)('fails on %s, every time, with its own code', async (...[, parts, code, retryable]) => {
    const elsewhere = open({ url: urlWith(parts) });
    await expect(storeOn(elsewhere).claim(1)).rejects.toMatchObject({ code, retryable });
    await expect(storeOn(elsewhere).claim(1)).rejects.toMatchObject({ code, retryable });
  });

  it('fails within the limit on a server that accepts and says nothing', async () => {
    const silent = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const port = String((silent.address() as AddressInfo).port);
    const elsewhere = open({ url: urlWith({ port }), connectTimeout: 200 });
    await expect(elsewhere.run('SELECT 1')).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    silent.close();
  });

  it('fails on a server that has no connection left, and succeeds when one is free', async () => {
    await suite.client.query(`CREATE ROLE crowded LOGIN PASSWORD 'crowded' CONNECTION LIMIT 0`);
    const elsewhere = open({ url: urlWith({ username: 'crowded', password: 'crowded' }) });
    await expect(elsewhere.run('SELECT 1')).rejects.toMatchObject({
      code: 'STORE_OUT_OF_RESOURCES',
      retryable: true,
    });
    await suite.client.query('ALTER ROLE crowded CONNECTION LIMIT 10');
    expect((await elsewhere.run('SELECT 1')).rowCount).toBe(1);
    await suite.client.query('DROP ROLE crowded');
  });
});

describe('a claim whose session is terminated', () => {
  it('fails to record, and leaves its row to the next claim', async () => {
    const id = await insert();
    const store = storeOn(suite.database);
    const claim = await store.claim(1);
    await terminateAll();
    await expect(claim.record(sent(id))).rejects.toMatchObject({
      code: 'STORE_CONNECTION_LOST',
      retryable: true,
    });
    await claim.release();
    const next = await store.claim(1);
    expect(next.distributions).toHaveLength(1);
    expect(await next.record(sent(id))).toMatchObject({ changed: 1 });
  });

  it('is released without a complaint', async () => {
    await insert();
    const claim = await storeOn(suite.database).claim(1);
    await terminateAll();
    await expect(claim.release()).resolves.toBeUndefined();
  });

  it('says that the outcome is unknown when the session ends during the commit', async () => {
    await suite.client.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER die_at_commit AFTER UPDATE ON comms_request_target_distribution
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()`);
    const id = await insert();
    const claim = await storeOn(suite.database).claim(1);
    await expect(claim.record(sent(id))).rejects.toMatchObject({
      code: 'STORE_COMMIT_UNKNOWN',
      retryable: true,
    });
    await suite.client.query('DROP TRIGGER die_at_commit ON comms_request_target_distribution');
  });

  it('does not disturb the process when it happens to idle sessions', async () => {
    await Promise.all([suite.database.run('SELECT 1'), suite.database.run('SELECT 1')]);
    await terminateAll();
    expect(await eventually(() => suite.database.run('SELECT 1'))).toMatchObject({ rowCount: 1 });
  });
});

describe('the limits', () => {
  it('give the rows of a claim back that is idle for too long', async () => {
    const id = await insert();
    const hasty = open({ idleInTransactionTimeout: 200 });
    const claim = await storeOn(hasty).claim(1);
    const other = await eventually(async () => {
      const attempt = await storeOn(suite.database).claim(1);
      if (attempt.distributions.length === 0)
        throw await attempt.release().then(() => new Error('still held'));
      return attempt;
    });
    await other.release();
    await expect(claim.record(sent(id))).rejects.toMatchObject({
      code: 'STORE_CONNECTION_LOST',
      sqlState: '25P03',
    });
  });

  it('end a statement that takes too long', async () => {
    const hasty = open({ statementTimeout: 100 });
    await expect(hasty.run('SELECT pg_sleep(20)')).rejects.toMatchObject({
      code: 'STORE_TIMEOUT',
      retryable: true,
    });
  });

  it('end a wait for a lock, such as that of a migration', async () => {
    const other = await suite.client.connect();
    await other.query('BEGIN; LOCK TABLE comms_request_target_distribution IN ACCESS EXCLUSIVE MODE');
    const hasty = open({ lockTimeout: 100 });
    await expect(storeOn(hasty).claim(1)).rejects.toMatchObject({ code: 'STORE_TIMEOUT', sqlState: '55P03' });
    await other.query('ROLLBACK');
    other.release();
  });

  it('end a wait for a connection of this process', async () => {
    const small = open({ poolSize: 2, connectTimeout: 200 });
    const claims = [await storeOn(small).claim(1), await storeOn(small).claim(1)];
    await expect(storeOn(small).claim(1)).rejects.toMatchObject({
      code: 'STORE_POOL_EXHAUSTED',
      retryable: true,
    });
    for (const claim of claims) await claim.release();
    await expect(
      storeOn(small)
        .claim(1)
        .then((claim) => claim.release()),
    ).resolves.toBeUndefined();
  });

  it('do not end the wait for a connection that got free while the process was held up', async () => {
    const small = open({ poolSize: 1, connectTimeout: 200 });
    await small.run('SELECT 1');
    const first = small.run('SELECT pg_sleep(0.1)');
    await setImmediate();
    const second = small.run('SELECT 2');
    await setImmediate();
    holdUp(400);
    await expect(first).resolves.toMatchObject({ rowCount: 1 });
    await expect(second).resolves.toMatchObject({ rowCount: 1 });
  });

  it('distinguish a process that was held up from one whose connections are all in use', async () => {
    const small = open({ poolSize: 1, connectTimeout: 200 });
    const { transaction } = await small.begin('SELECT 1');
    const waiting = small.run('SELECT 2');
    await setImmediate();
    holdUp(1200);
    await expect(waiting).rejects.toMatchObject({
      code: 'STORE_CPU_STARVED',
      retryable: true,
      message: expect.stringContaining('too little CPU') as unknown,
    });
    await expect(small.run('SELECT 2')).rejects.toMatchObject({ code: 'STORE_POOL_EXHAUSTED' });
    await transaction.rollback();
  });

  it('end the wait of announcements while claims hold all connections, and free their rows', async () => {
    const [first, second] = [await insert(), await insert()];
    const small = storeOn(open({ poolSize: 2, connectTimeout: 200 }));
    const claims = [await small.claim(1), await small.claim(1)] as const;
    const announced = await Promise.allSettled([claims[0].announce([first]), claims[1].announce([second])]);
    const exhausted = { status: 'rejected', reason: { code: 'STORE_POOL_EXHAUSTED', retryable: true } };
    expect(announced).toMatchObject([exhausted, exhausted]);
    await Promise.all(claims.map((claim) => claim.release()));
    const next = await small.claim(2);
    expect(await next.announce([first, second])).toEqual(new Set());
    expect(await next.record([...sent(first), ...sent(second)])).toMatchObject({ changed: 2 });
  });

  it('let three batches announce at once over one connection, while health and metrics keep theirs', async () => {
    const ids = [await insert(), await insert(), await insert()];
    const three = open({ poolSize: 6, connectTimeout: 1000 });
    const claims = await Promise.all(ids.map(() => storeOn(three).claim(1)));
    const others = [await three.begin('SELECT 1'), await three.begin('SELECT 1')];
    const announced = claims.map((claim) =>
      claim.announce(claim.distributions.map((row) => row.distributionId)),
    );
    expect(await Promise.all(announced)).toEqual([new Set(), new Set(), new Set()]);
    for (const { transaction } of others) await transaction.rollback();
    for (const claim of claims) await claim.release();
  });
});

describe('a database that is read-only for a while', () => {
  it('fails claims with its own code, and works again afterwards', async () => {
    const name = new URL(suite.url).pathname.slice(1);
    await insert();
    await suite.client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await expect(storeOn(suite.database).claim(1)).rejects.toMatchObject({
      code: 'STORE_READ_ONLY',
      retryable: true,
    });
    await suite.client.query(
      `BEGIN READ WRITE; ALTER DATABASE ${name} RESET default_transaction_read_only; COMMIT`,
    );
    const claim = await storeOn(suite.database).claim(1);
    expect(claim.distributions).toHaveLength(1);
    await claim.release();
  });
});

describe('an error of the store', () => {
  it('holds nothing of the row that the database quotes', async () => {
    await insert({ message: 'secret text', target: '+15550199' });
    const sql = `UPDATE comms_request_target_distribution SET priority = 9`;
    const error = await suite.database.run(sql).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'STORE_DATA_REFUSED', sqlState: '23514', retryable: false });
    expect(`${(error as Error).message}${JSON.stringify(error)}`).not.toMatch(/secret|5550199/);
    expect(error).not.toHaveProperty('cause');
  });

  it('distinguishes a missing table from a missing right', async () => {
    await expect(suite.database.run('SELECT 1 FROM nothing')).rejects.toMatchObject({ code: 'STORE_SCHEMA' });
    await expect(
      suite.database.run('SET ROLE pg_monitor; SELECT 1 FROM comms_request_target'),
    ).rejects.toMatchObject({
      code: 'STORE_RIGHT_MISSING',
      message: expect.stringContaining('comms_request_target') as unknown,
    });
  });
});

describe('closing', () => {
  it('ends open claims, whose rows are free again, and refuses further use', async () => {
    const id = await insert();
    const store = storeOn(suite.database);
    const claim = await store.claim(1);
    await suite.database.stop();
    await expect(claim.record(sent(id))).rejects.toMatchObject({ code: 'STORE_CLAIM_ENDED' });
    await expect(store.claim(1)).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    const other = open();
    expect(await eventually(async () => (await storeOn(other).claim(1)).distributions.length)).toBe(1);
  });

  it('does nothing on a database that was never used', async () => {
    await expect(open().stop()).resolves.toBeUndefined();
  });
});

describe('a server that is killed and comes back', () => {
  let server: OwnPostgres;
  beforeAll(async () => {
    server = await startPostgres();
    await migrate(aDatasourceConfig({ url: server.url }), () => undefined);
  }, 60_000);
  afterAll(() => server.process.stop());

  it('costs only the claim in hand', async () => {
    const own = open({ url: server.url });
    const insert = `INSERT INTO comms_request_target_distribution (comms_request_id, delivery_method, distribution_status)
      VALUES (1, 'SMS', 'D')`;
    await own.run(insert);
    const claim = await storeOn(own).claim(1);
    const [distribution] = claim.distributions;
    await server.process.signal('SIGKILL');
    await expect(claim.record(sent(distribution?.distributionId ?? ''))).rejects.toMatchObject({
      retryable: true,
    });
    await expect(storeOn(own).claim(1)).rejects.toMatchObject({ retryable: true });
    await server.process.restart();
    const next = await eventually(() => storeOn(own).claim(1));
    expect(next.distributions).toEqual([distribution]);
    await next.release();
  }, 60_000);

  it('is given up within the limit while it hangs', async () => {
    const own = open({ url: server.url, statementTimeout: 100 });
    await own.run('SELECT 1');
    await server.process.signal('SIGSTOP');
    await expect(own.run('SELECT 1')).rejects.toMatchObject({
      code: 'STORE_CONNECTION_LOST',
      retryable: true,
    });
    await server.process.signal('SIGCONT');
    expect(await eventually(() => own.run('SELECT 1'))).toMatchObject({ rowCount: 1 });
  }, 60_000);
});

/** What `attempt` answers once it does not fail any more. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 50_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await setTimeout(5);
    }
  }
}

/** Keeps the event loop from every turn. */
function holdUp(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** A relay to the server that passes errors on, and holds back what follows the first of them until it is released. */
async function lateReadiness() {
  const events = new EventEmitter();
  const [reportedError, released] = [once(events, 'reported'), once(events, 'released')];
  const relay = createServer((client) => {
    const server = connect(Number(new URL(suite.url).port), new URL(suite.url).hostname);
    client.on('error', () => undefined).pipe(server);
    client.on('close', () => server.destroy());
    server.on('error', () => undefined);
    pass(server, client).catch(() => undefined);
  });
  const pass = async (server: Socket, client: Socket) => {
    let bytes = Buffer.alloc(0);
    for await (const chunk of server) {
      bytes = Buffer.concat([bytes, chunk as Buffer]);
      while (bytes.length >= 5 && bytes.length > bytes.readUInt32BE(1)) {
        const end = 1 + bytes.readUInt32BE(1);
        client.write(bytes.subarray(0, end));
        const isError = bytes.toString('latin1', 0, 1) === 'E';
        bytes = bytes.subarray(end);
        if (!isError) continue;
        events.emit('reported');
        await released;
      }
    }
  };
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const release = () => {
    relay.close();
    events.emit('released');
  };
  return { port: (relay.address() as AddressInfo).port, reportedError, release };
}
