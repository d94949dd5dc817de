import { readdir } from 'node:fs/promises';
import { type DeliveredRow, DemoRows } from './demo-rows.js';
import type { Findings } from './find-faults.js';
import type { QueuedMessage } from '../servers/outbound-broker.js';
import { type Tally, tallyOf } from './outcome.js';
import { type RequestIds, requestIdsOf, type SampleComm } from '../comms/sample-comms.js';
import type { RunningDemo } from '../start-demo.js';
import type { UntouchableComm } from '../comms/untouchable-comms.js';

/** The queues of the demo, by the method whose messages are on them; SMS go to files. */
export const QUEUES = { PUSH: 'comms.handset.outbound', EXTERNAL: 'comms.external.outbound' } as const;

/** All that the daemons have put, and what the rows say of it. */
export interface Results {
  readonly ids: RequestIds;
  readonly findings: Findings;
  readonly encrypted: readonly QueuedMessage[];
  /** Names of SMS files. */
  readonly files: readonly string[];
}

/** What was inserted, and what became of it. */
export interface Input {
  readonly comms: readonly SampleComm[];
  readonly untouchable: readonly UntouchableComm[];
  readonly tally: Tally;
}

export async function collectResults(
  demo: RunningDemo,
  { comms, untouchable, tally }: Input,
): Promise<Results> {
  const ids = requestIdsOf(comms);
  const rows = new DemoRows(demo.database.client);
  const delivered = await rows.delivered(ids);
  const of = (method: keyof typeof QUEUES) =>
    delivered.filter(({ deliveryMethod }) => deliveryMethod === method);
  const plain = await demo.broker.look(QUEUES.PUSH, ids, of('PUSH').length);
  const encrypted = await demo.broker.look(QUEUES.EXTERNAL, ids, of('EXTERNAL').length);
  const files = (await readdir(demo.folder.sms)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const findings = {
    expected: tallyOf(comms.map(({ comm, outcome }) => ({ method: comm.deliveryMethod, outcome }))),
    actual: tally,
    queues: {
      [QUEUES.PUSH]: { delivered: of('PUSH').map(idOf), found: plain.map(idOfMessage) },
      [QUEUES.EXTERNAL]: { delivered: of('EXTERNAL').map(idOf), found: encrypted.map(idOfMessage) },
    },
    files: { delivered: delivered.filter(isSms).map(({ reference }) => reference ?? ''), found: files },
    touched: await rows.touched(requestIdsOf(untouchable)),
  };
  return { ids, findings, encrypted, files };
}

function isSms({ deliveryMethod }: DeliveredRow): boolean {
  return deliveryMethod === 'SMS';
}

function idOf({ distributionId }: DeliveredRow): string {
  return distributionId;
}

function idOfMessage({ headers }: QueuedMessage): string {
  return headers['commsDistributionId'] ?? '';
}
