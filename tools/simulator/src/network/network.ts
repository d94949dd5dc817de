import type { Actor } from '../world/events.js';
import type { World } from '../world/world.js';
import { Link, type ServerSide, type Tap } from './link.js';
import { VirtualSocket } from './virtual-socket.js';

/** A server that may be connected to. */
export interface Listener {
  /** The incarnation that listens; undefined while nothing does. */
  readonly actor: Actor | undefined;
  accept(link: Link): ServerSide;
}

/** Carries connections between daemons and brokers. */
export class Network {
  /** Added to each latency, half of it at random, in milliseconds. */
  extraLatencyMs = 0;
  /** Made for each link; see {@link Tap}. */
  tapFor: ((link: Link) => Tap) | undefined;
  private readonly listeners = new Map<string, Listener>();
  private readonly allLinks = new Set<Link>();

  constructor(private readonly world: World) {}

  listen(host: string, listener: Listener): void {
    this.listeners.set(host, listener);
  }

  /** As `net.connect` does, for the actor that is running. */
  connect(host: string): VirtualSocket {
    const { world } = this;
    const socket = new VirtualSocket();
    const client = world.current;
    world.after(client, this.latency(), () => {
      if (!socket.destroyed) this.open(host, client, socket);
    });
    return socket;
  }

  /** The open links, oldest first. */
  get links(): readonly Link[] {
    for (const link of this.allLinks)
      if (link.closed || link.ends.socket.destroyed) this.allLinks.delete(link);
    return [...this.allLinks];
  }

  /** The client's process is gone. Where its whole machine is gone, the server is not notified. */
  clientGone(client: Actor, silently: boolean): void {
    for (const link of this.links) {
      if (link.ends.client !== client) continue;
      link.blackHole = silently;
      link.ends.socket.destroy();
    }
  }

  serverGone(server: Actor): void {
    for (const link of this.links) if (link.ends.server === server) link.reset();
  }

  readonly latency = (): number => {
    const { random } = this.world;
    const extra = this.extraLatencyMs === 0 ? 0 : this.extraLatencyMs * random.between(0.5, 1);
    return random.between(0.05, 0.5) + extra;
  };

  private open(host: string, client: Actor, socket: VirtualSocket): void {
    const listener = this.listeners.get(host);
    const server = listener?.actor;
    if (listener === undefined || server === undefined) {
      socket.lose('ECONNREFUSED');
      return;
    }
    const link = new Link({ world: this.world, client, server, socket, latency: this.latency });
    socket.link = link;
    link.tap = this.tapFor?.(link);
    link.serverSide = listener.accept(link);
    this.allLinks.add(link);
    socket.emit('connect');
  }
}
