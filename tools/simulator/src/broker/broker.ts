import type { Listener } from '../network/network.js';
import type { Link, ServerSide } from '../network/link.js';
import { Actor } from '../world/events.js';
import type { World } from '../world/world.js';
import { BrokerConnection } from './broker-connection.js';
import type { BrokerRules } from './broker-rules.js';
import { Journal, type StoredMessage } from './journal.js';

/** What keeps a broker from taking messages at the moment. */
export type Hindrance = 'blocked' | 'full' | 'not authorised' | 'login refused';

/** Moments of a put at which a fault may be wanted. */
type PutMoment = 'send' | 'commit' | 'stored';

export interface BrokerParts {
  readonly world: World;
  readonly name: string;
  readonly rules: BrokerRules;
  readonly onStored: (message: StoredMessage, broker: string) => void;
  readonly onMoment: (moment: PutMoment) => void;
}

/** A broker that obeys the rules of one product, crashes and comes back. */
export class Broker implements Listener {
  actor: Actor | undefined;
  hindrance: Hindrance | undefined;
  /** Milliseconds that a sync to disk takes at most. */
  syncMs = 3;
  /** Before the response to the next frame comes an ERROR that names no frame. */
  namelessErrorDue = false;
  /** Receipts come twice, together with receipts that were not asked for. */
  echoes = false;
  readonly journal: Journal;
  private readonly connections = new Set<BrokerConnection>();

  constructor(readonly parts: BrokerParts) {
    const { name, onStored } = parts;
    this.journal = new Journal((message) => {
      onStored(message, name);
    });
    this.start();
  }

  start(): void {
    this.actor ??= new Actor(this.parts.name);
  }

  /** The process dies; what follows of its connections is the network's. */
  crash(): void {
    if (this.actor === undefined) return;
    this.actor.alive = false;
    this.actor = undefined;
    this.connections.clear();
    this.journal.crash(this.parts.world.random);
  }

  /** Sets or ends what keeps it from taking messages; messages that waited go on. */
  hinder(hindrance: Hindrance | undefined): void {
    this.hindrance = hindrance;
    for (const connection of this.connections) connection.proceed();
  }

  accept(link: Link): ServerSide {
    const connection = new BrokerConnection(this, link);
    this.connections.add(connection);
    return connection;
  }

  forget(connection: BrokerConnection): void {
    this.connections.delete(connection);
  }
}
