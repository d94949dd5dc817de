import { Actor } from '../world/events.js';
import type { World } from '../world/world.js';
import { Daemon, type Job } from './daemon.js';

export interface DeploymentParts {
  readonly world: World;
  /** The job of a replica, made in a step of its actor. */
  readonly jobOf: (actor: Actor) => Job;
  /** The actor's process is gone; `silently` where its machine is gone, so that no server is notified. */
  readonly gone: (actor: Actor, silently: boolean) => void;
}

interface Replica {
  actor: Actor;
  daemon: Daemon | undefined;
  starts: number;
}

/** The replicas of one daemon, as an orchestrator keeps them running. */
export class Deployment {
  private readonly replicas: Replica[] = [];

  constructor(
    private readonly name: string,
    replicas: number,
    private readonly parts: DeploymentParts,
  ) {
    for (let i = 0; i < replicas; i++) {
      this.replicas.push({ actor: new Actor(`${name}-${i}`), daemon: undefined, starts: 0 });
      this.start(i, i * 40);
    }
  }

  get size(): number {
    return this.replicas.length;
  }

  /** The process that runs as this replica now. */
  actor(i: number): Actor {
    return this.replica(i).actor;
  }

  /** SIGKILL, or the end of the machine; it is started again after a while. */
  kill(i: number, downMs: number, silently = false): void {
    const { actor } = this.replica(i);
    if (!actor.alive) return;
    this.end(actor, silently);
    this.start(i, downMs);
  }

  /** SIGTERM; it is started again once it has ended, and killed where it does not end. */
  roll(i: number, downMs: number): void {
    const { world } = this.parts;
    const { actor, daemon } = this.replica(i);
    if (daemon === undefined || !actor.alive) return;
    const begun = world.now;
    const ended = () => {
      if (!actor.alive) return;
      this.end(actor, false);
      this.start(i, downMs);
    };
    world.after(actor, 0, () => void daemon.stop().then(ended));
    world.after(this.orchestrator, GRACE_PERIOD_MS, () => {
      if (actor.alive && actor.stalledUntil < begun)
        world.broken('a daemon ends within its grace period', actor.name);
      ended();
    });
  }

  private readonly orchestrator = new Actor('orchestrator');

  private start(i: number, delayMs: number): void {
    const { world, jobOf } = this.parts;
    const replica = this.replica(i);
    world.after(this.orchestrator, delayMs, () => {
      replica.starts += 1;
      const actor = new Actor(`${this.name}-${i}.${replica.starts}`);
      replica.actor = actor;
      world.after(actor, 0, () => {
        replica.daemon = new Daemon(world, actor, jobOf(actor));
        replica.daemon.start();
      });
    });
  }

  private end(actor: Actor, silently: boolean): void {
    actor.alive = false;
    this.parts.world.note(actor, silently ? 'is gone with its machine' : 'is gone');
    this.parts.gone(actor, silently);
  }

  private replica(i: number): Replica {
    const replica = this.replicas[i % this.replicas.length];
    if (replica === undefined) throw new Error('no replicas');
    return replica;
  }
}

/** How long an orchestrator waits between SIGTERM and SIGKILL. */
const GRACE_PERIOD_MS = 10_000;
