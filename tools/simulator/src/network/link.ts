import type { Actor } from '../world/events.js';
import type { World } from '../world/world.js';
import type { VirtualSocket } from './virtual-socket.js';

interface LinkEnds {
  readonly world: World;
  readonly client: Actor;
  readonly server: Actor;
  readonly socket: VirtualSocket;
  /** Milliseconds that what is sent now takes. */
  readonly latency: () => number;
}

/** Something on the way that changes what is carried. Undefined is carried no further. */
export interface Tap {
  toServer(text: string): string | undefined;
  toClient(text: string): string | undefined;
}

/** One connection: each way keeps its order. */
export class Link {
  serverSide: ServerSide | undefined;
  tap: Tap | undefined;
  /** Whether everything is lost, and neither end is notified. */
  blackHole = false;
  /** The connection is reset once the server has read so many more frames. */
  framesUntilReset = Infinity;
  closed = false;
  /** What is on its way to the server is dropped. */
  private cut = false;
  private toServer = 0;
  private toClient = 0;

  constructor(readonly ends: LinkEnds) {}

  fromClient(text: string): void {
    const carried = this.tap === undefined ? text : this.tap.toServer(text);
    if (carried === undefined) return;
    this.carryToServer(() => this.serverSide?.receive(carried));
  }

  endByClient(): void {
    this.carryToServer(() => {
      this.serverSide?.ended();
      this.closedByServer();
    });
  }

  /** The client's end is gone; what it has sent before may still arrive. */
  abandonedByClient(): void {
    if (this.closed) return;
    const { world } = this.ends;
    this.carryToServer(() => this.serverSide?.ended());
    this.cut = world.random.chance(0.5);
    if (this.cut && !this.blackHole)
      world.after(this.ends.server, this.ends.latency(), () => this.serverSide?.ended());
    const { socket } = this.ends;
    world.after(this.ends.client, 0, () => {
      socket.emit('close');
    });
  }

  fromServer(text: string): void {
    const carried = this.tap === undefined ? text : this.tap.toClient(text);
    if (carried === undefined) return;
    for (const slice of this.slices(Buffer.from(carried)))
      this.carryToClient((socket) => socket.emit('data', slice));
  }

  closedByServer(): void {
    this.carryToClient((socket) => {
      socket.lose(undefined);
    });
  }

  /** Ends the connection for both ends. */
  reset(): void {
    if (this.closed) return;
    this.closed = true;
    this.cut = true;
    const { world, client, socket } = this.ends;
    this.serverSide?.ended();
    if (!this.blackHole)
      world.after(client, this.ends.latency(), () => {
        socket.lose('ECONNRESET');
      });
  }

  /** Most data come whole, some in pieces. */
  private slices(bytes: Buffer): Buffer[] {
    const { random } = this.ends.world;
    if (!random.chance(0.1)) return [bytes];
    const cut = random.int(0, bytes.length);
    return [bytes.subarray(0, cut), bytes.subarray(cut)].filter(({ length }) => length > 0);
  }

  private carryToServer(arrive: () => void): void {
    const { world, server, latency } = this.ends;
    this.toServer = Math.max(this.toServer, world.now + latency());
    world.after(server, this.toServer - world.now, () => {
      if (!this.closed && !this.blackHole && !this.cut) arrive();
    });
  }

  private carryToClient(arrive: (socket: VirtualSocket) => void): void {
    const { world, client, socket, latency } = this.ends;
    this.toClient = Math.max(this.toClient, world.now + latency());
    world.after(client, this.toClient - world.now, () => {
      if (!this.closed && !this.blackHole && !socket.destroyed) arrive(socket);
    });
  }
}

/** The server's end of a link. */
export interface ServerSide {
  receive(text: string): void;
  /** The client has ended the connection. */
  ended(): void;
}
