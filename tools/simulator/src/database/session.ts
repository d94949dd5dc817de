import type { Actor, PendingEvent } from '../world/events.js';
import type { Database } from './database.js';
import { DatabaseFailure } from './database-failure.js';
import type { Row } from './row.js';

/** One session: statement after statement, each a request and a response, which both take time. */
export class Session {
  open = true;
  /** Changes that become visible with the commit. */
  readonly staged: (() => void)[] = [];
  private readonly locks = new Set<Row>();
  private readonly waiting = new Set<(error: DatabaseFailure) => void>();
  private idle: PendingEvent | undefined;

  constructor(
    private readonly database: Database,
    readonly client: Actor,
  ) {}

  /** Sends a statement; rejects with a DatabaseFailure. */
  call<T>(statement: string, execute: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const { world } = this.database;
      const settle = (action: () => void) => {
        limit.cancelled = true;
        this.waiting.delete(fail);
        action();
      };
      const fail = (error: DatabaseFailure) => {
        settle(() => {
          reject(error);
        });
      };
      const limit = world.after(this.client, ANSWER_LIMIT_MS, () => {
        this.close();
        fail(new DatabaseFailure('STORE_CONNECTION_LOST'));
      });
      this.waiting.add(fail);
      this.request(() => {
        world.note(this.database.actor, `${this.client.name}: ${statement}`);
        const value = execute();
        this.respond(() => {
          settle(() => {
            resolve(value);
          });
        });
      }, fail);
    });
  }

  lock(rows: readonly Row[]): void {
    for (const row of rows) {
      row.lockedBy = this;
      this.locks.add(row);
    }
  }

  /** Makes what is staged visible and ends the transaction. */
  commit(): void {
    for (const change of this.staged.splice(0)) change();
    this.unlock();
  }

  rollback(): void {
    this.staged.length = 0;
    this.unlock();
  }

  /** The client gives up the connection; the database learns of it a little later. */
  close(): void {
    this.database.world.after(this.database.actor, this.database.latency(), () => {
      this.terminate();
    });
  }

  /** The database ends the session. Open work is rolled back, and the client is notified. */
  terminate(): void {
    if (!this.open) return;
    this.open = false;
    this.database.forget(this);
    this.stopIdling();
    this.rollback();
    for (const fail of this.waiting) this.notify(fail, new DatabaseFailure('STORE_CONNECTION_LOST'));
  }

  private request(execute: () => void, fail: (error: DatabaseFailure) => void): void {
    const { world, actor, latency } = this.database;
    this.stopIdling();
    world.after(actor, latency(), () => {
      if (!this.open) {
        this.notify(fail, new DatabaseFailure('STORE_CONNECTION_LOST'));
        return;
      }
      try {
        execute();
      } catch (error) {
        if (!(error instanceof DatabaseFailure)) throw error;
        this.notify(fail, error);
        this.terminate();
      }
    });
  }

  private respond(arrive: () => void): void {
    if (!this.open) return;
    const { world, latency } = this.database;
    if (this.locks.size > 0) this.idleFrom();
    world.after(this.client, latency(), arrive);
  }

  private notify(fail: (error: DatabaseFailure) => void, error: DatabaseFailure): void {
    this.database.world.after(this.client, this.database.latency(), () => {
      fail(error);
    });
  }

  /** The database ends transactions whose client is idle for too long. */
  private idleFrom(): void {
    const { world, actor } = this.database;
    const since = world.now;
    this.idle = world.after(actor, IDLE_LIMIT_MS, () => {
      const { alive, stalledUntil } = this.client;
      if (alive && Math.max(stalledUntil, actor.stalledUntil) < since)
        world.broken('a batch ends before its transaction does', this.client.name);
      world.note(actor, `${this.client.name}: idle in transaction`);
      this.terminate();
    });
  }

  private stopIdling(): void {
    if (this.idle !== undefined) this.idle.cancelled = true;
  }

  private unlock(): void {
    for (const row of this.locks) row.lockedBy = undefined;
    this.locks.clear();
  }
}

/** Longer than a put may take; the daemons refuse to start otherwise. */
const IDLE_LIMIT_MS = 12_000;
const ANSWER_LIMIT_MS = 6_000;
