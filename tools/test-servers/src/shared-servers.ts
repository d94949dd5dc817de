import type { BrokerInstallation } from './broker-installation.js';
import { artemisInstallation } from './artemis-installation.js';
import { artemisRecipe } from './artemis-recipe.js';
import { classicInstallation } from './classic-installation.js';
import { classicRecipe } from './classic-recipe.js';
import { namedBroker } from './named-broker.js';
import { progress } from './progress.js';
import type { ServerProcess } from './server-process.js';
import { startBroker } from './start-broker.js';
import { startPostgres } from './start-postgres.js';
import type { TestBroker } from './test-broker.js';
import { TestServerError } from './test-server-error.js';

/** What a run shares, each as plain data, since it crosses processes. */
export interface SharedServerFacts {
  readonly postgres: { url: string };
  readonly classicInstallation: BrokerInstallation;
  readonly classic: TestBroker;
  readonly artemisInstallation: BrokerInstallation | null;
  readonly artemis: TestBroker | null;
}

export type SharedServerName = keyof SharedServerFacts;

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
    artemisInstallation: () => artemisInstallation().catch(withoutArtemis),
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

/** Artemis may be missing; a run says so, and goes on without. */
function withoutArtemis(error: unknown): null {
  if (!(error instanceof TestServerError)) throw error;
  progress(`${error.message}: its suites are skipped`);
  return null;
}
