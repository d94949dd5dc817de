import { startPostgres } from './start-postgres.js';
import { type ServerProcess } from './server-process.js';

/** What each shared server tells about itself; plain data, since it crosses processes. */
export interface SharedServerFacts {
  postgres: { url: string };
}

export type SharedServerName = keyof SharedServerFacts;

interface Running<T> {
  facts: T;
  process?: ServerProcess;
}

type Starters = { [N in SharedServerName]: () => Promise<Running<SharedServerFacts[N]>> };

const STARTERS: Starters = {
  postgres: async () => {
    const named = process.env['COMMS_TEST_DATABASE_URL'];
    if (named !== undefined) return { facts: { url: named } };
    const { url, process: server } = await startPostgres();
    return { facts: { url }, process: server };
  },
};

/** The servers that one test run shares: each is started when first asked for, and once. */
export class SharedServers {
  private readonly started = new Map<SharedServerName, Promise<Running<unknown>>>();

  async facts<N extends SharedServerName>(name: N): Promise<SharedServerFacts[N]> {
    const running = this.started.get(name) ?? STARTERS[name]();
    this.started.set(name, running);
    return (await running).facts as SharedServerFacts[N];
  }

  /** Ends all that were started. */
  async stop(): Promise<void> {
    const all = await Promise.allSettled(this.started.values());
    this.started.clear();
    await Promise.all(all.map((one) => (one.status === 'fulfilled' ? one.value.process?.stop() : undefined)));
  }
}
