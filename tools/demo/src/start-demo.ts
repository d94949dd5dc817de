import { writeFile } from 'node:fs/promises';
import { Guard, type Teardown } from '@comms/kit';
import { ConsumerKey } from './daemons/consumer-key.js';
import { daemonEnvironment, demoProperties } from './daemons/daemon-configuration.js';
import { type RunningDaemon, startDaemons } from './daemons/daemons.js';
import { type DemoDatabase, migrate, openDatabase, startIdsAt } from './servers/demo-database.js';
import { type DemoFolder, makeDemoFolder } from './demo-folder.js';
import type { OutboundBroker } from './servers/outbound-broker.js';
import { ownBroker } from './servers/own-broker.js';
import type { DemoOptions } from './parse-arguments.js';
import { realBroker } from './servers/real-broker.js';
import type { Screen } from './show/screen.js';

/** What all parts of the demo share. */
export interface DemoContext {
  readonly screen: Screen;
  readonly teardown: Teardown;
  /** Aborted when the demo must end, with the reason. */
  readonly abort: AbortController;
}

/** Servers and daemons at work; no comms are inserted yet. */
export interface RunningDemo {
  readonly folder: DemoFolder;
  readonly database: DemoDatabase;
  readonly broker: OutboundBroker;
  readonly key: ConsumerKey;
  readonly daemons: readonly RunningDaemon[];
}

/** Starts all that the demo needs. The teardown ends what was started, also where a later part fails. */
export async function startDemo(
  options: DemoOptions,
  context: DemoContext,
  firstId: number,
): Promise<RunningDemo> {
  const { screen, teardown, abort } = context;
  const folder = await makeDemoFolder();
  const guard = new Guard();
  guard.removeAtEnd(folder.path);
  teardown.add('temporary files', () => guard.end());
  const env = daemonEnvironment(process.env, {
    configFile: folder.properties,
    keepBroker: options.brokerUrl !== undefined,
  });

  const servers = await openServers(options, env, context);
  await writeConfiguration(folder, servers);
  await migrate(env);
  if (options.brokerUrl !== undefined) await startIdsAt(servers.database.client, firstId);
  abort.signal.throwIfAborted();
  const before = options.databaseUrl === undefined ? '' : '; rows of an earlier demo are replaced';
  screen.line(`  tables       brought to the current schema by the migrations${before}`);

  const daemons = await startDaemons({ env, logs: folder.logs, guard, teardown, abort });
  return { folder, ...servers, daemons };
}

type Servers = Pick<RunningDemo, 'database' | 'broker' | 'key'>;

async function openServers(
  { brokerUrl, databaseUrl }: DemoOptions,
  env: NodeJS.ProcessEnv,
  { screen, teardown, abort }: DemoContext,
): Promise<Servers> {
  const [database, broker, key] = await Promise.all([
    openDatabase(databaseUrl, teardown),
    brokerUrl === undefined ? ownBroker(teardown) : realBroker(brokerUrl, env),
    ConsumerKey.generate(),
  ]);
  abort.signal.throwIfAborted();
  screen.line(
    `  PostgreSQL   ${databaseUrl === undefined ? `embedded, ${database.urlToShow}` : GIVEN_DATABASE}`,
  );
  screen.line(`  broker       ${brokerUrl === undefined ? `${broker.url}, ${OWN_BROKER}` : GIVEN_BROKER}`);
  return { database, broker, key };
}

const OWN_BROKER = 'in memory, for demo and tests only';
const GIVEN_BROKER = 'the one you named; messages stay on it';
const GIVEN_DATABASE = 'the one you named; rows of comms code DEMO-… stay in it';

async function writeConfiguration(folder: DemoFolder, { database, broker, key }: Servers): Promise<void> {
  const properties = demoProperties({
    databaseUrl: database.url,
    brokerUrl: broker.url,
    keyFile: folder.key,
    smsDirectory: folder.sms,
  });
  await writeFile(folder.key, key.publicJwk);
  await writeFile(folder.consumerKeys, key.privateJwkSet, { mode: 0o600 });
  await writeFile(folder.properties, properties, { mode: 0o600 });
}
