import { Actor } from '../world/events.js';
import type { World } from '../world/world.js';
import { DatabaseFailure } from './database-failure.js';
import type { Row } from './row.js';
import { Session } from './session.js';

/** What keeps the database from working at the moment. */
export type DatabaseHindrance = 'read-only' | 'no connections';

/** PostgreSQL as far as the daemons see it: rows with locks, sessions, announcements. */
export class Database {
  readonly rows = new Map<string, Row>();
  /** Rows that may be put right now, by announcement. */
  readonly announcements = new Map<number, Set<string>>();
  /** The ids of rows that are set aside. */
  readonly setAside = new Set<string>();
  actor = new Actor('database');
  hindrance: DatabaseHindrance | undefined;
  /** The next COMMIT gets no response: its session ends before or after it is done. */
  commitLoss: 'before' | 'after' | undefined;
  /** Milliseconds that each way takes at most. */
  slowness = 1;
  private up = true;
  private lastAnnouncement = 0;
  private readonly openSessions = new Set<Session>();

  constructor(readonly world: World) {}

  /** A session for the actor that is running; rejects with a DatabaseFailure. */
  connect(): Promise<Session> {
    const { world } = this;
    const client = world.current;
    return new Promise((resolve, reject) => {
      world.after(client, this.latency(), () => {
        if (!this.up) reject(new DatabaseFailure('STORE_UNREACHABLE'));
        else if (this.hindrance === 'no connections') reject(new DatabaseFailure('STORE_OUT_OF_RESOURCES'));
        else resolve(this.newSession(client));
      });
    });
  }

  /** Throws where nothing may be written, as after a fail-over. */
  requireWritable(): void {
    if (this.hindrance === 'read-only') throw new DatabaseFailure('STORE_READ_ONLY');
  }

  nextAnnouncementId(): number {
    this.lastAnnouncement += 1;
    return this.lastAnnouncement;
  }

  get sessions(): readonly Session[] {
    return [...this.openSessions];
  }

  forget(session: Session): void {
    this.openSessions.delete(session);
  }

  /** The client's process is gone. Where its whole machine is, the database finds out by its own limits. */
  clientGone(client: Actor, silently: boolean): void {
    if (silently) return;
    for (const session of this.sessions) if (session.client === client) session.close();
  }

  crash(): void {
    this.up = false;
    this.actor.alive = false;
    for (const session of this.sessions) session.terminate();
  }

  start(): void {
    if (this.up) return;
    this.up = true;
    this.actor = new Actor('database');
  }

  readonly latency = (): number => this.world.random.between(0.05, 0.5) * this.slowness;

  private newSession(client: Actor): Session {
    const session = new Session(this, client);
    this.openSessions.add(session);
    return session;
  }
}
