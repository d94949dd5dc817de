import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { countOf, distributionRows, insertRows, sampleRows, Stage } from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { type Frame, type FrameScript, type ScriptedClient, StompBroker } from '@comms/stomp-broker';
import { checkTotalQueue, totalQueue } from '../src/total-queue.js';
import { SOON } from '../src/fault-stage.js';
import { messagesOf } from '../src/scripted-messages.js';

jest.setTimeout(120_000);

const ROWS = 30;
const BATCH = 10;
const QUEUE = 'scripted';

/** Strikes once, at the `nth` frame of a command. */
function once(command: string, nth: number, script: FrameScript): FrameScript {
  return counting(command, (seen, frame, client) => (seen === nth ? script(frame, client) : 'handle'));
}

type CountingScript = (seen: number, ...frame: Parameters<FrameScript>) => ReturnType<FrameScript>;

function counting(command: string, script: CountingScript): FrameScript {
  let seen = 0;
  return (frame, client) => {
    if (frame.command !== command) return 'handle';
    seen += 1;
    return script(seen, frame, client);
  };
}

function receipt(client: ScriptedClient, id: string | undefined): void {
  client.send('RECEIPT', { 'receipt-id': id ?? '' });
}

function receiptOf({ headers }: Frame): string | undefined {
  return headers['receipt'];
}

/** Responds to single messages two by two, the later one first. */
function outOfOrder(): FrameScript {
  let waiting: string | undefined;
  return (frame, client) => {
    const id = receiptOf(frame);
    if (frame.command !== 'SEND' || id === undefined) return 'handle';
    if (waiting === undefined) {
      waiting = id;
      setTimeout(() => {
        if (waiting !== id) return;
        waiting = undefined;
        receipt(client, id);
      }, 100);
    } else {
      receipt(client, id);
      receipt(client, waiting);
      waiting = undefined;
    }
    return 'handle-silently';
  };
}

/** Each with how many messages may be put again, and marked. */
const SCRIPTS: [string, () => FrameScript, { duplicates: number; marked: number }][] = [
  [
    'an ERROR without receipt-id at a SEND of a transaction',
    () => once('SEND', 4, () => ({ refuse: 'no', receiptId: false })),
    { duplicates: BATCH - 1, marked: BATCH },
  ],
  [
    'an ERROR without receipt-id that ends the connection',
    () => once('SEND', 4, () => ({ refuse: 'no', receiptId: false, close: true })),
    { duplicates: BATCH - 1, marked: BATCH },
  ],
  [
    'an ERROR with the receipt-id of COMMIT',
    () => once('COMMIT', 2, () => ({ refuse: 'no' })),
    { duplicates: 0, marked: 0 },
  ],
  [
    'an ERROR with a foreign receipt-id in place of a receipt',
    () => once('COMMIT', 2, () => ({ refuse: 'no', receiptId: 'foreign' })),
    { duplicates: 0, marked: BATCH },
  ],
  [
    'an ERROR just before the receipt',
    () =>
      once('COMMIT', 2, (_, client) => {
        client.send('ERROR', { message: 'what now' });
        return 'handle';
      }),
    { duplicates: BATCH, marked: BATCH },
  ],
  [
    'a foreign receipt before the right one',
    () =>
      once('COMMIT', 2, (_, client) => {
        receipt(client, 'foreign');
        return 'handle';
      }),
    { duplicates: 0, marked: 0 },
  ],
  [
    'a foreign receipt in place of the right one',
    () =>
      once('COMMIT', 2, (_, client) => {
        receipt(client, 'foreign');
        return 'ignore';
      }),
    { duplicates: 0, marked: BATCH },
  ],
  [
    'the receipt of the transaction before in place of the right one',
    () => {
      let earlier: string | undefined;
      return counting('COMMIT', (seen, frame, client) => {
        if (seen === 1) earlier = receiptOf(frame);
        if (seen !== 2) return 'handle';
        receipt(client, earlier);
        return 'ignore';
      });
    },
    { duplicates: 0, marked: BATCH },
  ],
  [
    'each receipt twice',
    () => (frame, client) => {
      if (receiptOf(frame) !== undefined) receipt(client, receiptOf(frame));
      return 'handle';
    },
    { duplicates: 0, marked: 0 },
  ],
  [
    'receipts out of order',
    () => {
      const refuseFirst = once('COMMIT', 1, () => ({ refuse: 'no' }));
      const shuffle = outOfOrder();
      return (frame, client) =>
        frame.command === 'COMMIT' ? refuseFirst(frame, client) : shuffle(frame, client);
    },
    { duplicates: 0, marked: 0 },
  ],
  [
    'a reset in place of the receipt',
    () => once('COMMIT', 2, () => 'handle-and-reset'),
    { duplicates: BATCH, marked: BATCH },
  ],
  [
    'no response to COMMIT',
    () => once('COMMIT', 2, () => 'handle-silently'),
    { duplicates: BATCH, marked: BATCH },
  ],
  [
    'garbage in place of a receipt',
    () => once('COMMIT', 2, () => ({ raw: 'RECEIPT\nnonsense\n\n\0HTTP/1.1 200 OK\r\n\r\n' })),
    { duplicates: 0, marked: BATCH },
  ],
];

describe('7 a broker that responds', () => {
  let stage: Stage;
  let broker: StompBroker;
  afterEach(async () => {
    await stage.close();
    await broker.stop();
  });

  it.each(SCRIPTS)('%s never puts the wrong row at fault', async (_, script, bounds) => {
    broker = await StompBroker.start({ onFrame: script() });
    stage = await Stage.open({
      ...SOON,
      'comms.broker.url': `stomp://127.0.0.1:${broker.port}`,
      'comms.handset.monitor.extract.to.queue': QUEUE,
      'comms.handset.monitor.extract.batch-size': BATCH,
    });
    const { client } = stage.database;
    client.on('error', () => undefined);
    await insertRows(client, 'comms_request_target_distribution', sampleRows(ROWS, 'PUSH'));
    await stage.start('push-to-handset');
    await eventually(
      'no row waits',
      () => countOf(client, 'D'),
      (count) => count === 0,
    );

    checkTotalQueue(totalQueue(await distributionRows(client), await messagesOf(broker, QUEUE)), bounds);
    expect(broker.connections).toBeGreaterThan(0);
  });
});
