import type { Server } from 'node:net';
import { ClientSession } from './client-session.js';
import { Client } from './client.js';
import type { FrameScript } from './frame-script.js';
import { type Accept, listenTcp, listenWebSocket, portOf } from './listen.js';
import { QueueSet, type StoredMessage } from './queues.js';

export interface StompBrokerOptions {
  /** TCP port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** WebSocket port on 127.0.0.1; without it there is no WebSocket. */
  readonly webSocketPort?: number;
  /** The `server` header of CONNECTED. */
  readonly server?: string;
  /** Passwords by login. Without it every client may connect. */
  readonly users?: Readonly<Record<string, string>>;
  /** Decides about each frame. Without it all are handled. */
  readonly onFrame?: FrameScript;
}

/** A STOMP 1.2 broker in memory, for the demo and for protocol tests only: nothing survives `stop`. */
export class StompBroker {
  private readonly clients = new Set<Client>();
  private readonly queues = new QueueSet();
  private readonly servers: Server[] = [];
  private acceptedCount = 0;

  private constructor(private readonly options: StompBrokerOptions) {}

  /** Resolves once the ports are open; rejects where one is taken. */
  static async start(options: StompBrokerOptions = {}): Promise<StompBroker> {
    const broker = new StompBroker(options);
    broker.servers.push(await listenTcp(options.port ?? 0, broker.accept));
    if (options.webSocketPort !== undefined)
      broker.servers.push(await listenWebSocket(options.webSocketPort, broker.accept));
    return broker;
  }

  get port(): number {
    return this.portOf(0);
  }

  get webSocketPort(): number {
    return this.portOf(1);
  }

  /** How many connections have been accepted since the start. */
  get accepted(): number {
    return this.acceptedCount;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.clients.size;
  }

  /** How many messages of a queue are not consumed yet. */
  depth(queue: string): number {
    return this.queues.get(queue).depth;
  }

  /** The messages of a queue that are not consumed yet; they stay in it. */
  messages(queue: string): readonly StoredMessage[] {
    return this.queues.get(queue).messages;
  }

  /** Resets every connection; the ports stay open. */
  resetConnections(): void {
    for (const client of [...this.clients]) client.reset();
  }

  async stop(): Promise<void> {
    this.resetConnections();
    await Promise.all(this.servers.map(closed));
  }

  private readonly accept: Accept = (wire) => {
    this.acceptedCount += 1;
    const { server = 'ActiveMQ/6.0.0 (stomp-broker)', users, onFrame = () => 'handle' } = this.options;
    const session = new ClientSession(this.queues, { server, users }, (...frame) => {
      client.send(...frame);
    });
    const client = new Client(this.acceptedCount, { wire, session, script: onFrame });
    this.clients.add(client);
    return {
      receive: (chunk) => {
        client.receive(chunk);
      },
      closed: () => {
        this.clients.delete(client);
        client.closed();
      },
    };
  };

  private portOf(index: number): number {
    const server = this.servers[index];
    if (server === undefined) throw new Error('the broker was started without this port');
    return portOf(server);
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
