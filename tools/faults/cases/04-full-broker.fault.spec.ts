import { describe, it, jest } from '@jest/globals';
import { distributionRows, longText, readMessage } from '@comms/daemon-stage';
import { ownClassic, readQueue } from '@comms/test-servers';
import { atEndOfCase } from '../src/case.js';
import { checkTotalQueue, totalQueue } from '../src/total-queue.js';
import { untilRecovered, untilTrouble } from '../src/expect-health.js';
import { FaultStage } from '../src/fault-stage.js';

jest.setTimeout(180_000);

const STORE_BYTES = 8 * 1024 * 1024;
const ROWS = 110;
const TEXT_BYTES = 100_000;
const BATCH = 10;

const atEnd = atEndOfCase();

describe.each([
  ['block', ['BROKER_BLOCKED']],
  ['fail', ['BROKER_FULL']],
] as const)('4 a broker whose store is full and that lets senders %s', (whenFull, codes) => {
  it('is blocked, and all goes on when there is a consumer', async () => {
    const { broker, process } = await ownClassic({ storeBytes: STORE_BYTES, whenFull });
    atEnd(() => process.stop());
    const faults = await FaultStage.open(broker, { 'comms.handset.monitor.extract.batch-size': BATCH });
    atEnd(() => faults.close());
    const { client } = faults.stage.database;
    await faults.insert(ROWS, { message: longText(TEXT_BYTES) });
    const daemon = await faults.start();

    await untilTrouble(daemon, 'broker', { status: 'blocked', codes });

    const taken = await readQueue(broker, faults.queue, { count: ROWS, timeoutMs: 120_000 });
    await faults.untilDrained();
    await untilRecovered(daemon);
    taken.push(...(await readQueue(broker, faults.queue)));

    const read = await Promise.all(taken.map((message) => readMessage(message)));
    const messages = read.map(({ content }) => content);
    checkTotalQueue(totalQueue(await distributionRows(client), messages), { duplicates: ROWS });
  });
});
