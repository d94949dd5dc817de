import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { TestBroker } from '@comms/test-servers';
import { eventually } from '@comms/kit';
import rhea, { type Connection, type EventContext, type Message, type Receiver } from 'rhea';

/** A message that has come, and is not settled yet. */
export interface AmqpDelivery {
  readonly message: Message;
  reject(): void;
}

/** A consumer over AMQP 1.0 that takes one message at a time, and settles nothing by itself. */
export class AmqpConsumer {
  private readonly deliveries: AmqpDelivery[] = [];

  private constructor(
    private readonly connection: Connection,
    private readonly receiver: Receiver,
  ) {
    connection.on('message', ({ message, delivery }: EventContext) => {
      if (message === undefined || delivery === undefined) return;
      this.deliveries.push({
        message,
        reject: () => {
          delivery.reject();
        },
      });
    });
  }

  /** Logs in and makes its link. `capabilities` say what its source is. */
  static async open(
    { amqpUrl, username, password }: TestBroker,
    { queue, capabilities = ['queue'] }: { queue: string; capabilities?: string[] },
  ): Promise<AmqpConsumer> {
    const { hostname, port } = new URL(amqpUrl ?? '');
    const login = { username, password, reconnect: false as const };
    const connection = rhea.create_container().connect({ host: hostname, port: Number(port), ...login });
    connection.on('disconnected', () => undefined);
    const source = { address: queue, capabilities };
    const receiver = connection.open_receiver({ source, autoaccept: false, credit_window: 0 });
    const opened = once(receiver, 'receiver_open');
    const consumer = new AmqpConsumer(connection, receiver);
    await opened;
    return consumer;
  }

  /** The next message, or nothing where none comes within that time. */
  async next(limitMs: number): Promise<AmqpDelivery | undefined> {
    this.receiver.add_credit(1);
    const deadline = performance.now() + limitMs;
    const isOver = () => this.deliveries.length > 0 || performance.now() > deadline;
    await eventually('a message has come, or the time is over', isOver, { everyMs: 10 });
    return this.deliveries.shift();
  }

  /** Says farewell. What is not settled stays so. */
  async close(): Promise<void> {
    const closed = once(this.connection, 'connection_close');
    this.connection.close();
    await closed;
  }

  /** Ends the connection without a word, as a program that is killed. */
  async leave(): Promise<void> {
    const gone = once(this.connection, 'disconnected');
    // An error, since rhea takes no notice of an end from this side.
    (this.connection as unknown as { readonly socket: Socket }).socket.destroy(new Error('killed'));
    await gone;
  }
}
