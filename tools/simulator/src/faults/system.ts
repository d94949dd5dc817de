import type { Fault } from './fault.js';
import type { Broker } from '../broker/broker.js';
import type { Checker } from '../check/checker.js';
import type { Deployment } from '../daemon/deployment.js';
import type { Database } from '../database/database.js';
import type { Disk } from '../disk/disk.js';
import type { Network } from '../network/network.js';
import type { Actor } from '../world/events.js';
import type { World } from '../world/world.js';

/** All that faults can strike. */
export interface System {
  readonly world: World;
  /** Whose steps the faults are. */
  readonly director: Actor;
  readonly network: Network;
  readonly brokers: readonly [Broker, ...Broker[]];
  readonly database: Database;
  readonly disk: Disk;
  readonly deliveries: Deployment;
  readonly monitors: Deployment;
  readonly checker: Checker;
}

/** Lets a fault strike, and returns how to end it. A fault that ends by itself returns nothing. */
export type Strike = (system: System, fault: Fault) => (() => void) | undefined;
