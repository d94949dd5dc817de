import { Client, StompHeaders } from '@stomp/stompjs';
import { DemoError } from '../demo-error.js';
import type { QueuedMessage } from './outbound-broker.js';
import { stompSocket, type TlsMaterial } from '@comms/kit/stomp-socket';

/** How a real broker is reached. */
export interface BrokerAccess {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly tls?: TlsMaterial;
}

export interface Look {
  readonly queue: string;
  readonly wanted: (message: QueuedMessage) => boolean;
  /** How many wanted messages there should be. Once they have come, it waits only a little longer. */
  readonly count: number;
}

/**
 * The wanted messages of a queue. Nothing is taken off it: messages are not acknowledged, and so return to the queue
 * when the connection closes. Messages that another consumer holds meanwhile are not seen.
 *
 * Throws `BROKER` where the broker can't be reached or refuses.
 */
export async function lookAtQueue(access: BrokerAccess, look: Look): Promise<readonly QueuedMessage[]> {
  const found: QueuedMessage[] = [];
  const client = clientOf(access);
  let lastAt = Date.now();
  client.onConnect = ({ headers: { server } }) => {
    const { destination, headers } = subscription(look.queue, server);
    const take = (message: QueuedMessage) => {
      lastAt = Date.now();
      if (look.wanted(message)) found.push({ headers: message.headers, body: message.body });
    };
    client.subscribe(destination, take, headers);
  };
  const failed = failureOf(client);
  client.activate();
  try {
    do await Promise.race([pause(), failed]);
    while (Date.now() - lastAt < (found.length < look.count ? SILENCE_MS : SURPLUS_MS));
    return found;
  } finally {
    await client.deactivate({ force: true });
  }
}

/** Logs in and out again. Throws `BROKER` where the broker can't be reached or refuses. */
export async function tryLogin(access: BrokerAccess): Promise<void> {
  const client = clientOf(access);
  const loggedIn = new Promise<void>((resolve) => {
    client.onConnect = () => {
      resolve();
    };
  });
  const failed = failureOf(client);
  client.activate();
  const timer = setTimeout(client.onWebSocketError, LOGIN_LIMIT_MS, new Error('it does not answer'));
  try {
    await Promise.race([loggedIn, failed]);
  } finally {
    clearTimeout(timer);
    await client.deactivate({ force: true });
  }
}

const LOGIN_LIMIT_MS = 10_000;

/** A queue that has been silent for this long holds no more. */
const SILENCE_MS = 5_000;
/** Once all have come: how long to wait for a message too many. */
const SURPLUS_MS = 500;

function clientOf({ url, username, password, tls = {} }: BrokerAccess): Client {
  const client = new Client();
  client.webSocketFactory = () => stompSocket(url, tls);
  client.reconnectDelay = 0;
  client.heartbeatIncoming = 0;
  client.heartbeatOutgoing = 0;
  client.connectHeaders = headersOf({
    ...(username !== undefined && { login: username }),
    ...(password !== undefined && { passcode: password }),
  });
  return client;
}

/** Artemis wants the bare name. Without a subscription type it takes it for the name of a topic. */
function subscription(queue: string, server = ''): { destination: string; headers: StompHeaders } {
  const kept = { ack: 'client-individual' };
  return /artemis/i.test(server)
    ? {
        destination: queue,
        headers: headersOf({ ...kept, 'subscription-type': 'ANYCAST', 'consumer-window-size': '-1' }),
      }
    : { destination: `/queue/${queue}`, headers: headersOf({ ...kept, 'activemq.prefetchSize': '32000' }) };
}

function headersOf(fields: Record<string, string>): StompHeaders {
  return Object.assign(new StompHeaders(), fields);
}

/** Rejects once the connection fails; never resolves. */
function failureOf(client: Client): Promise<never> {
  const failed = new Promise<never>((_, reject) => {
    const fail = (what: string) => {
      reject(new DemoError('BROKER', `The broker cannot be used: ${what}`));
    };
    client.onStompError = ({ headers }) => {
      // Before CONNECTED the library leaves header values as they were escaped.
      fail((headers['message'] ?? 'it was refused').replaceAll('\\c', ':'));
    };
    client.onWebSocketError = ({ message }: Error) => {
      fail(message);
    };
    client.onWebSocketClose = () => {
      fail('the connection was closed');
    };
  });
  failed.catch(() => undefined);
  return failed;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
