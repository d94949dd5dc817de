import { once } from 'node:events';
import { connect } from 'node:net';
import type { TestBroker } from '@comms/test-servers';

export interface SentMessage {
  /** Bytes become a BytesMessage. */
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Puts messages on a queue as a stranger might, without the product's code; resolves when the broker has them. */
export async function sendOverStomp(
  { kind, stompUrl, username, password }: TestBroker,
  queue: string,
  messages: readonly SentMessage[],
): Promise<void> {
  const { hostname, port } = new URL(stompUrl);
  const socket = connect(Number(port), hostname);
  const destination = kind === 'classic' ? `/queue/${queue}` : queue;
  socket.write(`CONNECT\naccept-version:1.2\nhost:any\nlogin:${username}\npasscode:${password}\n\n\0`);
  for (const { body, headers } of messages) {
    const lines = Object.entries({
      destination,
      persistent: 'true',
      'destination-type': 'ANYCAST',
      ...(typeof body !== 'string' && { 'content-length': String(body.length) }),
      ...headers,
    });
    socket.write(`SEND\n${lines.map(([name, value]) => `${name}:${value}\n`).join('')}\n`);
    socket.write(body);
    socket.write('\0');
  }
  socket.write('DISCONNECT\nreceipt:all\n\n\0');
  let told = '';
  socket.setEncoding('utf8').on('data', (text: string) => (told += text));
  while (!told.includes('receipt-id:all\n')) {
    await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    if (told.includes('ERROR\n') || socket.closed) throw new Error(`not sent: ${told}`);
  }
  socket.destroy();
}
