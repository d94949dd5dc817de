import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { App } from './app.js';
import { repositoryPath } from './repository-path.js';
import type { SuiteDatabase } from './suite-database.js';

/** A database user for each app, with the role that `roles.sql` makes for it and no other right. */
export class DaemonLogins {
  readonly #suffix = randomBytes(4).toString('hex');
  readonly #password = randomBytes(16).toString('hex');
  readonly #urls = new Map<App, Promise<string>>();
  #roles: Promise<void> | undefined;

  constructor(private readonly database: SuiteDatabase) {}

  /** The URL for an app; the database must have the current schema. */
  urlOf(app: App): Promise<string> {
    const url = this.#urls.get(app) ?? this.#login(app);
    this.#urls.set(app, url);
    return url;
  }

  /** Removes the users; their sessions must have ended. */
  async drop(): Promise<void> {
    const users = [...this.#urls.keys()].map((app) => this.#userOf(app));
    if (users.length > 0) await this.database.client.query(`DROP ROLE ${users.join(', ')}`);
  }

  async #login(app: App): Promise<string> {
    this.#roles ??= this.#makeRoles();
    await this.#roles;
    const role = app === 'comms-monitor' ? 'comms_monitor' : 'comms_delivery';
    const user = this.#userOf(app);
    await this.database.client.query(
      `CREATE ROLE ${user} LOGIN PASSWORD '${this.#password}' IN ROLE ${role}`,
    );
    return Object.assign(new URL(this.database.url), { username: user, password: this.#password }).href;
  }

  async #makeRoles(): Promise<void> {
    const { rolesFile = repositoryPath('libs/distribution-store/sql/roles.sql') } = this.database;
    const sql = await readFile(rolesFile, 'utf8');
    await this.database.client.query(sql);
  }

  /** Users belong to all databases of a server, so that each suite needs its own. */
  #userOf(app: App): string {
    return `${app.replaceAll('-', '_')}_${this.#suffix}`;
  }
}
