import { encodeFrame } from '@comms/stomp-broker';
import { describe, expect, it } from '@jest/globals';
import { Actor } from '../world/events.js';
import { Random } from '../world/random.js';
import { World } from '../world/world.js';
import { Network } from '../network/network.js';
import { ARTEMIS, type BrokerRules, CLASSIC } from './broker-rules.js';
import { Broker } from './broker.js';

describe.each([
  { name: 'Classic', rules: CLASSIC },
  { name: 'Artemis', rules: ARTEMIS },
])('a simulated broker by the rules of $name', ({ rules }) => {
  it('confirms a transaction once it is on disk', async () => {
    const { send, stored, talk } = setup(rules);
    const answers = await talk(BEGIN, send('1'), send('2'), COMMIT);
    expect(answers).toEqual(['CONNECTED', 'RECEIPT c']);
    expect(stored()).toEqual(['1', '2']);
  });

  it('refuses a transaction as a whole when it has no room', async () => {
    const { broker, send, stored, talk } = setup(rules);
    broker.hinder('full');
    const answers = await talk(BEGIN, send('1'), COMMIT);
    expect(answers).toEqual(['CONNECTED', 'ERROR ', 'ERROR c']);
    expect(stored()).toEqual([]);
  });

  it('forgets a transaction that is aborted', async () => {
    const { send, stored, talk } = setup(rules);
    const first = send('1', { receipt: 's', transaction: 't' });
    const answers = await talk(BEGIN, first, ABORT, BEGIN, send('2'), COMMIT);
    expect(answers).toEqual(['CONNECTED', 'RECEIPT s', 'RECEIPT c']);
    expect(stored()).toEqual(['2']);
  });

  it('gives no response while it is blocked', async () => {
    const { broker, send, talk } = setup(rules);
    broker.hinder('blocked');
    expect(await talk(BEGIN, send('1'), COMMIT)).toEqual(['CONNECTED']);
  });
});

describe('a refused message within a transaction', () => {
  it.each([
    { name: 'Classic commits the rest', rules: CLASSIC, answer: 'RECEIPT c', onDisk: ['1'] },
    { name: 'Artemis refuses all', rules: ARTEMIS, answer: 'ERROR c', onDisk: [] },
  ])('$name', async ({ rules, answer, onDisk }) => {
    const { send, stored, talk } = setup(rules);
    const answers = await talk(BEGIN, send('1'), send('2', { commsCode: 'REFUSED' }), COMMIT);
    expect(answers).toEqual(['CONNECTED', 'ERROR ', answer]);
    expect(stored()).toEqual(onDisk);
  });
});

describe('a repeat at Artemis', () => {
  it('is dropped and confirmed when it comes alone', async () => {
    const { send, stored, talk } = setup(ARTEMIS);
    const receipts = await talk(send('1', ALONE), send('1', ALONE));
    expect(receipts).toEqual(['CONNECTED', 'RECEIPT s', 'RECEIPT s']);
    expect(stored()).toEqual(['1']);
  });

  it('makes its whole transaction fail', async () => {
    const { send, stored, talk } = setup(ARTEMIS);
    const answers = await talk(send('1', ALONE), BEGIN, send('1'), send('2'), COMMIT);
    expect(answers).toContain('ERROR c');
    expect(stored()).toEqual(['1']);
  });
});

const BEGIN = encodeFrame('BEGIN', { transaction: 't' });
const COMMIT = encodeFrame('COMMIT', { transaction: 't', receipt: 'c' });
const ABORT = encodeFrame('ABORT', { transaction: 't' });
/** Replaced by the transaction. */
const ALONE = { receipt: 's' };

function setup(rules: BrokerRules) {
  const world = new World(new Random(1));
  const network = new Network(world);
  const nothing = () => undefined;
  const broker = new Broker({ world, rules, name: 'broker', onStored: nothing, onMoment: nothing });
  network.listen('broker', broker);
  const send = (id: string, headers: Record<string, string> = {}) => {
    const artemis = { 'destination-type': 'ANYCAST', _AMQ_DUPL_ID: `${id}-0` };
    const destination = rules === ARTEMIS ? 'simulated' : '/queue/simulated';
    const all = { destination, persistent: 'true', commsDistributionId: id, ...artemis, ...headers };
    const within = 'receipt' in headers ? all : { ...all, transaction: 't' };
    return encodeFrame('SEND', within, '{"sending":"0"}');
  };
  return {
    broker,
    send,
    stored: () => broker.journal.stored.map(({ distributionId }) => distributionId),
    /** The responses of the broker to these frames, each with the receipt that it names. */
    talk: async (...frames: string[]) => {
      let heard = '';
      world.after(new Actor('client'), 0, () => {
        const socket = network.connect('broker');
        socket.on('data', (bytes: Buffer) => (heard += bytes.toString()));
        socket.on('connect', () => socket.write([encodeFrame('CONNECT', {}), ...frames].join('')));
      });
      await world.run(1_000, () => false);
      return heard.split('\0').slice(0, -1).map(summaryOf);
    },
  };
}

function summaryOf(frame: string): string {
  const [command = ''] = frame.split('\n');
  return command === 'CONNECTED' ? command : `${command} ${/receipt-id:(.*)/.exec(frame)?.[1] ?? ''}`;
}
