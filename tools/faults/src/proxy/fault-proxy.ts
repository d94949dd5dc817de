import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Direction, type Fate, Hold, type Splitter, type Unit } from './unit.js';
import { PostgresSplitter, StompSplitter } from './splitters.js';
import { ProxiedConnection } from './proxied-connection.js';
import type { Shape } from './shape.js';

export type Protocol = keyof typeof SPLITTERS;

/** Decides on a unit. Undefined leaves it to other rules. */
export type Rule = (unit: Unit) => Fate | Promise<Fate> | undefined;

/** A TCP proxy between a daemon and one server, with faults at a chosen frame or message. */
export class FaultProxy {
  private readonly connections = new Set<ProxiedConnection>();
  private readonly rules = new Set<Rule>();
  private currentShape: Shape = {};
  private acceptedCount = 0;
  private server: Server | undefined;
  private listeningPort = 0;

  private constructor(
    private readonly upstream: () => number,
    private readonly protocol: Protocol,
  ) {}

  static async start(url: string, protocol: Protocol): Promise<FaultProxy> {
    const proxy = new FaultProxy(() => Number(new URL(url).port), protocol);
    await proxy.accept();
    return proxy;
  }

  get port(): number {
    return this.listeningPort;
  }

  /** How many connections have been accepted so far. */
  get accepted(): number {
    return this.acceptedCount;
  }

  /** The first unit of this kind waits, and all after it on its connection. */
  hold(isIt: (unit: Unit) => boolean): Hold {
    const hold = new Hold();
    const remove = this.rule((unit) => {
      if (!isIt(unit)) return undefined;
      remove();
      return hold.take(unit);
    });
    return hold;
  }

  /** Judges each unit from now on. Returns how to end that. */
  rule(rule: Rule): () => void {
    this.rules.add(rule);
    return () => this.rules.delete(rule);
  }

  /** Accepts every connection, but lets nothing pass in either direction. Returns how to end that. */
  stall(): () => void {
    const hold = new Hold();
    const remove = this.rule(() => hold.fate);
    return () => {
      remove();
      hold.release();
    };
  }

  shape(shape: Shape): void {
    this.currentShape = shape;
  }

  /** Resets every connection; new ones are taken. */
  reset(): void {
    for (const connection of this.connections) connection.reset();
  }

  /** Takes no connection any more, and resets those that are open. */
  async refuse(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    this.reset();
    await closed;
  }

  /** Takes connections, on the same port as before. */
  async accept(): Promise<void> {
    const server = createServer((client) => {
      this.connect(client);
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.listeningPort, '127.0.0.1', resolve);
    });
    this.listeningPort = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.rules.clear();
    if (this.server?.listening === true) await this.refuse();
  }

  private connect(client: Socket): void {
    const server = connect(this.upstream(), '127.0.0.1');
    const connection = new ProxiedConnection({
      number: (this.acceptedCount += 1),
      client,
      server,
      split: SPLITTERS[this.protocol],
      judge: (unit) => this.judge(unit),
      shape: () => this.currentShape,
    });
    this.connections.add(connection);
    client.once('close', () => this.connections.delete(connection));
  }

  private judge(unit: Unit): Fate | Promise<Fate> {
    for (const rule of this.rules) {
      const fate = rule(unit);
      if (fate !== undefined) return fate;
    }
    return 'pass';
  }
}

const SPLITTERS = {
  stomp: () => new StompSplitter(),
  postgres: (direction: Direction) => new PostgresSplitter(direction),
} satisfies Record<string, (direction: Direction) => Splitter>;
