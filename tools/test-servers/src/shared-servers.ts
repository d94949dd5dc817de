import type { BrokerInstallation } from './broker-installation.js';
import { classicInstallation } from './classic-installation.js';
import { namedBroker } from './named-broker.js';
import type { ServerProcess } from './server-process.js';
import { startClassic } from './start-classic.js';
import { startPostgres } from './start-postgres.js';
import type { TestBroker } from './test-broker.js';

/** What a run shares, each as plain data, since it crosses processes. */
export interface SharedServerFacts {
  readonly postgres: { url: string };
  readonly classicInstallation: BrokerInstallation;
  readonly classic: TestBroker;
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
    classic: async () =>
      namedBroker('classic') ?? this.keep(await startClassic(await this.facts('classicInstallation'))).broker,
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
