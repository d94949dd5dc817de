import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guard, repositoryPath, runProgram, type Teardown } from '@comms/kit';
import { ownClassic, startPostgres, type TestBroker, testClassic, testPostgres } from '@comms/test-servers';
import { Pool } from 'pg';
import { BenchError } from '../bench-error.js';

/** What all subjects work on. */
export interface Servers {
  readonly databaseUrl: string;
  /** The benchmark's own sessions. */
  readonly pool: Pool;
  readonly broker: TestBroker;
  readonly reach: Reach;
  /** The Node.js that the subjects run on. */
  readonly nodePath: string;
  /** For configuration, keys, logs and delivered files; removed at the end. */
  readonly folder: string;
  /** Ends what is measured where the benchmark ends before it. */
  readonly guard: Guard;
}

/** How the subjects reach database and broker. The benchmark's own sessions and its consumer reach them directly. */
export interface Reach {
  readonly databaseUrl: string;
  readonly broker: TestBroker;
  /** The broker for Java clients; null at a named one whose URLs have no `tcp://`. */
  readonly openWireUrl: string | null;
}

/**
 * The PostgreSQL and the ActiveMQ Classic that the variables of the test servers name, else the benchmark starts its
 * own. Its own PostgreSQL syncs every commit to the disk, as in production.
 */
export async function openServers(teardown: Teardown): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'comms-bench-'));
  const guard = new Guard();
  guard.removeAtEnd(folder);
  teardown.add('temporary files', () => guard.end());
  const [databaseUrl, broker] = await Promise.all([openDatabase(teardown), openBroker(teardown)]);
  await migrate(databaseUrl);
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'comms-bench',
    idleTimeoutMillis: 1_000,
  });
  // A session that ends between two questions shows at the next one.
  pool.on('error', () => undefined);
  teardown.add('sessions', () => pool.end());
  const reach = { databaseUrl, broker, openWireUrl: broker.tcpUrl };
  return { databaseUrl, pool, broker, reach, nodePath: process.execPath, folder, guard };
}

async function openDatabase(teardown: Teardown): Promise<string> {
  if (process.env['COMMS_TEST_DATABASE_URL'] !== undefined) {
    const database = await (await testPostgres()).createDatabase();
    teardown.add('database', () => database.drop());
    return database.url;
  }
  const starting = startPostgres(LIKE_PRODUCTION);
  teardown.add('PostgreSQL', async () => {
    const started = await starting.catch(() => undefined);
    await started?.process.stop();
  });
  return (await starting).url;
}

const LIKE_PRODUCTION = { fsync: 'on', full_page_writes: 'on', shared_buffers: '512MB', max_wal_size: '4GB' };

async function openBroker(teardown: Teardown): Promise<TestBroker> {
  if (process.env['COMMS_TEST_CLASSIC_URL'] !== undefined) return testClassic();
  const starting = ownClassic({ jvm: JVM });
  teardown.add('broker', async () => {
    const started = await starting.catch(() => undefined);
    await started?.process.stop();
  });
  return (await starting).broker;
}

/**
 * As a server runs that has been up for long: the full compiler, a heap with room, and Java's default garbage
 * collector.
 */
export const JVM = ['-XX:TieredStopAtLevel=4', '-Xmx1g', '-XX:-UseSerialGC', '-XX:+UseG1GC'];

async function migrate(url: string): Promise<void> {
  const program = repositoryPath('libs/distribution-store/dist/migrate.main.js');
  const { code, stderr } = await runProgram(program, [], { COMMS_DATASOURCE_URL: url });
  if (code !== 0) throw new BenchError('NOT_MIGRATED', `The tables could not be made.\n${stderr}`);
}
