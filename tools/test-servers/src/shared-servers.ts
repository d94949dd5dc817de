import { createServer, get, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import type { BrokerInstallation } from './broker-installation.js';
import { artemisInstallation } from './artemis-installation.js';
import { artemisRecipe } from './artemis-recipe.js';
import { classicInstallation } from './classic-installation.js';
import { classicRecipe } from './classic-recipe.js';
import { ifPresent } from './if-present.js';
import { namedBroker } from './named-broker.js';
import { progress, TestServerError } from './reports.js';
import type { ServerProcess } from './server-process.js';
import { startBroker } from './start-broker.js';
import { startPostgres } from './start-postgres.js';
import type { TestBroker } from './test-broker.js';

/** What a run shares, each as plain data, since it crosses processes. */
interface SharedServerFacts {
  readonly postgres: { url: string };
  readonly classicInstallation: BrokerInstallation;
  readonly classic: TestBroker;
  readonly artemisInstallation: BrokerInstallation | null;
  readonly artemis: TestBroker | null;
}

type SharedServerName = keyof SharedServerFacts;

/** The servers that one test run shares: each is found or started when first asked for, and once. */
export class SharedServers {
  private readonly asked = new Map<SharedServerName, Promise<unknown>>();
  private readonly running: ServerProcess[] = [];

  private readonly finders: { [N in SharedServerName]: () => Promise<SharedServerFacts[N]> } = {
    postgres: async () => {
      const url = process.env['COMMS_TEST_DATABASE_URL'];
      return url === undefined ? this.keep(await startPostgres()) : { url };
    },
    classicInstallation,
    classic: async () => {
      const installed = async () => startBroker(classicRecipe(), await this.facts('classicInstallation'));
      const broker = namedBroker('classic') ?? this.keep(await installed()).broker;
      if (broker.wsUrl === null) progress('ActiveMQ Classic without WebSocket: its ws suites are skipped');
      return broker;
    },
    artemisInstallation: () => ifPresent('java', artemisInstallation),
    artemis: async () => {
      const named = namedBroker('artemis');
      if (named !== undefined) return named;
      const installation = await this.facts('artemisInstallation');
      if (installation === null) return null;
      return this.keep(await startBroker(artemisRecipe(), installation)).broker;
    },
  };

  async facts<N extends SharedServerName>(name: N): Promise<SharedServerFacts[N]> {
    const facts = this.asked.get(name) ?? this.finders[name]();
    this.asked.set(name, facts);
    return (await facts) as SharedServerFacts[N];
  }

  /** Ends all that were started, and those that are about to be. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.asked.values());
    await Promise.all(this.running.map((server) => server.stop()));
  }

  private keep<T extends { process: ServerProcess }>(started: T): T {
    this.running.push(started.process);
    return started;
  }
}

const own = new SharedServers();

/**
 * One of the servers that the run shares: the run's host has it where there is one (Jest's global set-up). Else this process
 * starts it, and it ends with this process.
 */
export async function sharedServer<N extends SharedServerName>(name: N): Promise<SharedServerFacts[N]> {
  const host = process.env[HOST_VARIABLE];
  return host === undefined ? own.facts(name) : ask(`${host}/${name}`);
}

/**
 * Without a limit of time: the first call may install a broker, and the suite's own limit is above this. Each on its
 * own connection: the host may be about to close an idle one.
 */
function ask<T>(url: string): Promise<T> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      text(response).then((body) => {
        if (response.statusCode === 200) resolve(JSON.parse(body) as T);
        else reject(new TestServerError('SERVER_DID_NOT_START', body));
      }, reject);
    }).once('error', reject);
  });
}

/** Names the host of a test run to its workers, which inherit the variable. */
const HOST_VARIABLE = 'COMMS_TEST_SERVERS_HOST';

/**
 * Lets the worker processes of one test run share servers: responds to `GET /<name>` with a server's facts, and starts
 * it at the first request. Returns the function that ends them all.
 */
export async function hostSharedServers(): Promise<() => Promise<void>> {
  const servers = new SharedServers();
  const host = createServer((request, response) => {
    servers.facts((request.url ?? '').slice(1) as SharedServerName).then(
      (facts) => response.end(JSON.stringify(facts)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  host.unref();
  process.env[HOST_VARIABLE] = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  return async () => {
    close(host);
    await servers.stop();
  };
}

function close(host: Server): void {
  host.close();
  host.closeAllConnections();
}
