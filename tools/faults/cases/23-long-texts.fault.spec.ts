import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  countOf,
  type Daemon,
  distributionRows,
  longText,
  newRecipient,
  type Properties,
} from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { readQueue, testClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';

jest.setTimeout(600_000);

const MIB = 1024 * 1024;
const LIMIT = 4 * MIB;
const ROWS = 100;
const DRAIN_LIMIT_MS = 540_000;
const MAX_MEMORY = 256 * MIB;
const EXTRACT = 'comms.handset.monitor.extract';

/** Those of a usual daemon: a large text takes its time on a busy machine. */
const LIMITS = {
  'comms.broker.receipt-timeout': '15s',
  'comms.datasource.idle-in-transaction-timeout': '2m',
};

const classic = await testClassic();

describe('23 texts that are as long as they may be, and longer', () => {
  let faults: FaultStage;
  beforeEach(async () => {
    faults = await FaultStage.open(classic, LIMITS);
  });
  afterEach(() => faults.close());

  it.each(['plain', 'encrypted'])(
    `${ROWS} of the limit leave a daemon in bounded memory: %s`,
    async (form) => {
      await insertLongest(ROWS);
      const daemon = await faults.startUp(form === 'encrypted' ? await encryption() : {});
      await eventually('all rows are recorded', consumeAndCount, {
        isIt: (count) => count === ROWS,
        limitMs: DRAIN_LIMIT_MS,
      });
      const most = await mostMemory(daemon);
      process.stderr.write(`most memory, ${form}: ${Math.round(most / MIB)} MiB\n`);
      expect(most).toBeLessThan(MAX_MEMORY);
    },
  );

  it('gives a longer one E before it is loaded, and the others go', async () => {
    const fine = await faults.insert(50, { priority: 3 });
    const longer = [
      ...(await faults.insert(2, { priority: 1, message: longText(LIMIT + 1) })),
      ...(await faults.insert(1, { priority: 1, message: longText(90 * MIB) })),
    ];
    const daemon = await faults.startUp();
    const found = await faults.judge();
    checkTotalQueue(found, { open: longer });
    expect(found.messages).toBe(fine.length);
    const rows = await distributionRows(faults.stage.database.client);
    const failed = rows.filter(({ distribution_status: status }) => status === 'E');
    expect(new Set(failed.map(({ error_code: code }) => code))).toEqual(new Set(['MESSAGE_TOO_LONG']));
    expect(failed).toHaveLength(longer.length);
    expect(await mostMemory(daemon)).toBeLessThan(MAX_MEMORY);
  });

  /** The queue holds fewer than all of them, so they are taken meanwhile. */
  async function consumeAndCount(): Promise<number> {
    await readQueue(classic, faults.queue);
    return countOf(faults.stage.database.client, 'S');
  }

  /** Made by the database, so that this process holds none of them. */
  async function insertLongest(count: number): Promise<void> {
    await faults.stage.database.client.query(
      `INSERT INTO comms_request_target_distribution (comms_request_id, delivery_method, target, message, distribution_status)
       SELECT n, 'PUSH', 'handset', repeat('m', $1), 'D' FROM generate_series(1, $2) AS n`,
      [LIMIT, count],
    );
  }

  async function encryption(): Promise<Properties> {
    const recipient = newRecipient('p256');
    const jwk = { ...recipient.key.export({ format: 'jwk' }), use: 'enc', alg: 'ECDH-ES+A256KW' };
    const file = await faults.stage.writeKey('key.json', JSON.stringify(jwk), recipient.confidential);
    return { [`${EXTRACT}.encryption.enabled`]: true, [`${EXTRACT}.encryption.key-file`]: file };
  }
});

/** The most resident memory that the process ever had, in bytes. */
async function mostMemory({ pid }: Daemon): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
