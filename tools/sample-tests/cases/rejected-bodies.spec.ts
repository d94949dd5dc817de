import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { queueName } from '@comms/daemon-stage';
import { readQueue, type TestBroker } from '@comms/test-servers';
import { describeOnBrokers } from '../src/present-brokers.js';
import { SampleProcess } from '../src/sample-process.js';
import { presentSamples, type Sample } from '../src/samples.js';
import { sendOverStomp } from '../src/send-over-stomp.js';
import { destinationOf, StompConsumer } from '../src/stomp-consumer.js';

jest.setTimeout(120_000);

const GOOD_COMM = JSON.stringify({ version: 1.0, commsDistributionId: '10', message: 'Your bill is ready.' });

const folder = await mkdtemp(join(tmpdir(), 'comms-rejected-bodies-'));
const samples = await presentSamples(folder);

await describeOnBrokers(folder, suite);

function suite(broker: TestBroker): void {
  const present = samples.filter(({ urlOf }) => urlOf(broker) !== null);

  describe.each(present)('the sample in $language', (sample) => {
    it('sends nothing that a body makes it send, and puts the body aside whole', async () => {
      const victim = queueName('victim');
      const injected = `SEND\ndestination:${destinationOf(broker, victim)}\ndestination-type:ANYCAST\n\n${GOOD_COMM}`;
      const body = Buffer.from(`{"bad\0${injected}\0`);

      expect(await putAside(sample, broker, body)).toEqual(body);
      expect(await readQueue(broker, victim)).toEqual([]);
    });

    it.each([
      ['that is not UTF-8', Buffer.from([0xff, 0xfe])],
      ['with NUL and what is no frame', Buffer.from('{"bad\0 no frame')],
      ['with a byte order mark', Buffer.from('\ufeffno JSON')],
    ])('puts a body %s aside as it came', async (_, body) => {
      expect(await putAside(sample, broker, body)).toEqual(body);
    });
  });
}

/** Lets the sample refuse a message with this body and handle a good one after it; returns the body that it put aside. */
async function putAside(sample: Sample, broker: TestBroker, body: Buffer): Promise<Buffer | undefined> {
  const queue = queueName('sample');
  const headers = { 'content-type': 'application/json' };
  await sendOverStomp(broker, queue, [
    { body, headers },
    { body: GOOD_COMM, headers },
  ]);
  const reader = SampleProcess.start(sample, { broker, queue });
  try {
    await reader.hasTold('handled comm 10');
  } finally {
    await reader.kill();
  }
  const subscription = {
    destination: destinationOf(broker, `${queue}.rejected`),
    'subscription-type': 'ANYCAST',
  };
  const aside = await StompConsumer.open(broker, subscription);
  try {
    return (await aside.next(20_000))?.body;
  } finally {
    await aside.leave();
  }
}
