import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from '@stomp/stompjs';
import { MissingKey, openMessage, PoisonMessage, readKeys, shown } from './open-message.mjs';
import { stompSocket } from './stomp-socket.mjs';

/** Reads the comms of one queue of ActiveMQ Classic or Artemis over STOMP, plain and encrypted, until Ctrl-C. */

const { url, queue, keysFile, takesPlain, print } = readArguments();
const { host } = new URL(url);
const CONNECT_TIMEOUT = 10_000;
const READ_KEYS_AGAIN_AFTER = 10_000;
const FAREWELL_LIMIT = 5_000;
const stopping = new AbortController();
let keys = keysFile === undefined ? new Map() : await readKeys(keysFile).catch(refuseStart);
/**
 * The pairs of id and sending whose work is done. They belong into your database: under a unique key, written in the
 * transaction of the work itself. Here they are forgotten when the program ends.
 */
const done = new Set();
let work = Promise.resolve();
let socket;
let connected = false;
let ended = false;
/** Ends the wait for the broker to confirm a message that is put aside. */
let giveUp = () => {};

const client = new Client({
  webSocketFactory: () => (socket = stompSocket(url)),
  connectHeaders: { login: process.env.BROKER_USERNAME ?? '', passcode: process.env.BROKER_PASSWORD ?? '' },
  reconnectDelay: 0,
  // A broker that is silent for too long does not answer a farewell either.
  discardWebsocketOnCommFailure: true,
});
client.onConnect = ({ headers: { server = '' } }) => {
  connected = true;
  // Without ANYCAST, Artemis gives a consumer that is there before the first message nothing, and no error.
  const isArtemis = /artemis/i.test(server);
  const place = (name) => (isArtemis ? name : `/queue/${name}`);
  const take = (message) => {
    work = work.then(() => (ended ? undefined : takeOne(message, place(`${queue}.rejected`)))).catch(fail);
  };
  // On Classic one reader would take the whole queue otherwise.
  const headers = { 'subscription-type': 'ANYCAST', 'activemq.prefetchSize': '10' };
  client.subscribe(place(queue), take, { ack: 'client-individual', ...headers });
  console.error(`reading ${queue}`);
};
client.onStompError = ({ headers }) =>
  fail(
    new Error(
      connected ? `the broker says: ${shown(headers.message ?? '')}` : 'the broker refuses the login',
    ),
  );
client.onWebSocketError = ({ code, message }) => fail(new Error(whyLost(code ?? message)));
client.onWebSocketClose = () => fail(new Error(whyLost('no answer')));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end(0));
client.activate();
void setTimeout(CONNECT_TIMEOUT, undefined, { ref: false }).then(() => {
  if (!connected) fail(new Error(whyLost('no answer')));
});

/** Acknowledges after the work is done, never before: what is not acknowledged comes again. */
async function takeOne(message, rejectedQueue) {
  try {
    await handleOnce(await openOnceKeyIsThere(message));
  } catch (error) {
    if (!(error instanceof PoisonMessage)) throw error;
    await reject(message, error.message, rejectedQueue);
  }
  message.ack();
}

async function handleOnce({ members, text, timeIsOverAt }) {
  const { commsDistributionId: id, sending } = members;
  const pair = `${id} ${sending}`;
  if (done.has(pair)) return console.error(`dropped a repeat of comm ${id}`);
  // By the clock of this machine.
  if (timeIsOverAt < Date.now()) return console.error(`dropped comm ${id}: its time is over`);
  await handle(members, text);
  done.add(pair);
}

/**
 * Holds a message whose key is not there yet, unacknowledged, and those after it. To end instead would count as a
 * delivery each time, and after some of them the broker takes the message away.
 */
async function openOnceKeyIsThere({ headers, binaryBody }) {
  let problem;
  for (let told = false; ; told = true) {
    try {
      return await openMessage(headers['content-type'], binaryBody, { keys, takesPlain });
    } catch (error) {
      if (!(error instanceof MissingKey) || ended) throw error;
      if (!told) console.error(`${error.message}: ${waitingFor()}`);
    }
    await setTimeout(READ_KEYS_AGAIN_AFTER, undefined, { signal: stopping.signal });
    // A file that is just being replaced may be bad: the next look finds it good.
    if (keysFile === undefined) continue;
    keys = await readKeys(keysFile).catch(({ message }) => {
      if (message !== problem) console.error(message);
      problem = message;
      return keys;
    });
  }
}

function waitingFor() {
  return keysFile === undefined
    ? 'holding the message; start again with --keys'
    : `holding the message until the key is in ${keysFile}, which is read every 10 s`;
}

/** Your work. The text is personal data: it is shown only with --print, unchanged. */
async function handle(members, text) {
  console.error(`handled comm ${members.commsDistributionId}`);
  if (print) process.stdout.write(`${text}\n`);
}

/**
 * Puts it aside on another queue, and waits until the broker has it. Never NACK: Artemis throws a message away for it
 * over STOMP, and Classic takes it to a queue for dead letters that many share.
 */
async function reject({ headers, binaryBody }, code, destination) {
  const own = Object.entries(headers).filter(([name]) =>
    /^(comms[A-Z]\w*|deliveryMethod|type|correlation-id|content-type)$/.test(name),
  );
  const receipt = randomUUID();
  const stored = new Promise((resolve, abandon) => {
    client.watchForReceipt(receipt, resolve);
    giveUp = abandon;
  });
  const added = { persistent: 'true', 'destination-type': 'ANYCAST', rejectedAs: code, receipt };
  client.publish({
    destination,
    headers: { ...Object.fromEntries(own), ...added },
    ...asItCame(binaryBody),
  });
  await stored;
  const { commsDistributionId: id } = headers;
  console.error(`rejected comm ${id === undefined ? 'without an id' : shown(id)}: ${code}`);
}

/**
 * ActiveMQ makes a BytesMessage of a frame with a length, and a TextMessage of one without. Without a length, a NUL in
 * the body would end the frame, and what follows would be another one.
 */
function asItCame(bytes) {
  const isText = isUtf8(bytes) && !bytes.includes(0);
  return isText
    ? { body: Buffer.from(bytes).toString(), skipContentLengthHeader: true }
    : { binaryBody: bytes };
}

function readArguments() {
  const options = {
    keys: { type: 'string' },
    'allow-plain': { type: 'boolean' },
    print: { type: 'boolean' },
  };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [url, queue] = positionals;
  if (positionals.length !== 2 || !/^stomp(\+ssl)?:\/\/[^/]+:\d+$/.test(url)) {
    console.error(
      'usage: node consumer.mjs stomp://HOST:PORT|stomp+ssl://HOST:PORT QUEUE [--keys JWK-SET-FILE [--allow-plain]] [--print]',
    );
    process.exit(64);
  }
  const { keys: keysFile, 'allow-plain': allowsPlain = false, print } = values;
  return { url, queue, keysFile, takesPlain: keysFile === undefined || allowsPlain, print };
}

function whyLost(code) {
  if (connected) return 'the connection to the broker is lost';
  if (socket.reached) return `${host} does not speak STOMP: is it the broker's STOMP port?`;
  const reasons = {
    ECONNREFUSED: 'connection refused',
    ENOTFOUND: 'unknown host',
    EAI_AGAIN: 'unknown host',
  };
  return `cannot reach ${host} (${reasons[code] ?? code})`;
}

function refuseStart(error) {
  console.error(`ended: ${error.message}`);
  process.exit(1);
}

function fail(error) {
  if (!ended) console.error(`ended: ${error.message}`);
  void end(1);
}

/** Waits for the work in hand, and leaves; for a broker that is silent, 5 s. What was not acknowledged stays on the queue. */
async function end(code) {
  if (ended) return;
  ended = true;
  stopping.abort();
  process.exitCode = code;
  void setTimeout(FAREWELL_LIMIT, undefined, { ref: false }).then(() => giveUp(new Error('no answer')));
  if (code === 0) await work;
  void setTimeout(FAREWELL_LIMIT, undefined, { ref: false }).then(() => socket.terminate());
  // A broker that speaks something else does not answer a farewell.
  await client.deactivate({ force: !connected });
}
