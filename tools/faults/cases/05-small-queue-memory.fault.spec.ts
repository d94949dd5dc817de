import { describe, expect, it, jest } from '@jest/globals';
import { distributionRows, longText, readMessage } from '@comms/daemon-stage';
import { ownClassic, readQueue } from '@comms/test-servers';
import { atEndOfCase } from '../src/case.js';
import { checkTotalQueue, totalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';

jest.setTimeout(120_000);

const QUEUE_MEMORY_BYTES = 300_000;
const TEXT_BYTES = 20_000;
const ROWS = 100;
const BATCH = 50;

const atEnd = atEndOfCase();

describe.each(['fail', 'block'] as const)(
  '5 a queue with less memory than a transaction, whose senders %s',
  (whenFull) => {
    it('gets smaller ones, and a warning names the setting of the broker', async () => {
      const { broker, process } = await ownClassic({ queueMemoryBytes: QUEUE_MEMORY_BYTES, whenFull });
      atEnd(() => process.stop());
      const faults = await FaultStage.open(broker, { 'comms.handset.monitor.extract.batch-size': BATCH });
      atEnd(() => faults.close());
      const { client } = faults.stage.database;
      await faults.insert(ROWS, { message: longText(TEXT_BYTES) });
      const daemon = await faults.start();

      const taken = await readQueue(broker, faults.queue, { count: ROWS, timeoutMs: 90_000 });
      await faults.untilDrained();
      taken.push(...(await readQueue(broker, faults.queue)));

      const read = await Promise.all(taken.map((message) => readMessage(message)));
      const messages = read.map(({ content }) => content);
      checkTotalQueue(totalQueue(await distributionRows(client), messages), {
        duplicates: BATCH,
        marked: ROWS,
      });
      expect(daemon.stdout).toMatch(/"level":"warn".*memoryLimit/);
    });
  },
);
