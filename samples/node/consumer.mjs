import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Client } from '@stomp/stompjs';
import { openMessage, PoisonMessage, readKeys } from './open-message.mjs';
import { stompSocket } from './stomp-socket.mjs';

/** Reads the comms of one queue of ActiveMQ Classic or Artemis over STOMP, plain and encrypted, until Ctrl-C. */

const { url, queue, keysFile, print } = readArguments();
const keys = keysFile === undefined ? new Map() : await readKeys(keysFile);
/**
 * The pairs of id and sending whose work is done. They belong into your database: under a unique key, written in the
 * transaction of the work itself. Here they are forgotten when the program ends.
 */
const done = new Set();
let work = Promise.resolve();
let ended = false;

const client = new Client({
  webSocketFactory: () => stompSocket(url),
  connectHeaders: { login: process.env.BROKER_USERNAME ?? '', passcode: process.env.BROKER_PASSWORD ?? '' },
  reconnectDelay: 0,
});
client.onConnect = ({ headers: { server = '' } }) => {
  // Without ANYCAST, Artemis gives a consumer that is there before the first message nothing, and no error.
  const isArtemis = /artemis/i.test(server);
  const place = (name) => (isArtemis ? name : `/queue/${name}`);
  const take = (message) => {
    work = work.then(() => (ended ? undefined : takeOne(message, place(`${queue}.rejected`)))).catch(fail);
  };
  client.subscribe(place(queue), take, { ack: 'client-individual', 'subscription-type': 'ANYCAST' });
  console.error(`reading ${queue}`);
};
client.onStompError = ({ headers }) => fail(new Error(`the broker says: ${headers.message}`));
client.onWebSocketError = fail;
client.onWebSocketClose = () => fail(new Error('the connection to the broker is lost'));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end(0));
client.activate();

/** Acknowledges after the work is done, never before: what is not acknowledged comes again. */
async function takeOne(message, rejectedQueue) {
  try {
    const comm = await openMessage(message.headers['content-type'], message.body, keys);
    // Release 0.1.0 wrote no `sending`.
    const pair = `${comm.commsDistributionId} ${comm.sending ?? '0'}`;
    if (done.has(pair)) console.error(`dropped a repeat of comm ${comm.commsDistributionId}`);
    else await handle(comm);
    done.add(pair);
  } catch (error) {
    if (!(error instanceof PoisonMessage)) throw error;
    await reject(message, error.message, rejectedQueue);
  }
  message.ack();
}

/** Your work. The text is personal data: it is shown only where --print asks for it. */
async function handle(comm) {
  console.error(`handled comm ${comm.commsDistributionId}`);
  if (print) process.stdout.write(`${JSON.stringify(comm)}\n`);
}

/**
 * Puts it aside on a queue of its own, and waits until the broker has it. Never NACK: Artemis throws a message away for
 * it over STOMP, and Classic takes it to a queue for dead letters that many share.
 */
async function reject({ headers, body }, code, destination) {
  const own = Object.entries(headers).filter(([name]) =>
    /^(comms[A-Z]|deliveryMethod$|type$|correlation-id$|content-type$)/.test(name),
  );
  const receipt = randomUUID();
  const stored = new Promise((resolve) => client.watchForReceipt(receipt, resolve));
  const added = { persistent: 'true', 'destination-type': 'ANYCAST', rejectedAs: code, receipt };
  client.publish({
    destination,
    body,
    headers: { ...Object.fromEntries(own), ...added },
    skipContentLengthHeader: true,
  });
  await stored;
  console.error(`rejected comm ${headers.commsDistributionId ?? 'without an id'}: ${code}`);
}

function readArguments() {
  const options = { keys: { type: 'string' }, print: { type: 'boolean' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (positionals.length !== 2) {
    console.error('usage: node consumer.mjs stomp://HOST:PORT QUEUE [--keys JWK-SET-FILE] [--print]');
    process.exit(64);
  }
  return { url: positionals[0], queue: positionals[1], keysFile: values.keys, print: values.print };
}

function fail(error) {
  if (!ended) console.error(`ended: ${error.message}`);
  void end(1);
}

/** Waits for the work in hand, and leaves. What was not acknowledged stays on the queue. */
async function end(code) {
  if (ended) return;
  ended = true;
  process.exitCode = code;
  if (code === 0) await work;
  await client.deactivate();
}
