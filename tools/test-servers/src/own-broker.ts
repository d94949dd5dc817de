import type { ServerProcess } from './server-process.js';
import type { TestBroker } from './test-broker.js';

/** A broker of a test's own, to be killed, stopped and started at will; a restart keeps its ports and messages. */
export interface OwnBroker {
  readonly broker: TestBroker;
  readonly process: ServerProcess;
}
