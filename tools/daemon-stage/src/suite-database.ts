import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { testPostgres } from '@comms/test-servers';
import { Pool } from 'pg';
import { repositoryPath, runProgram } from '@comms/kit';
import type { App } from './app.js';

/** A database of one suite, and sessions on it. */
export interface SuiteDatabase {
  readonly url: string;
  readonly client: Pool;
  /** The SQL that makes the roles of its daemons; that of this checkout where absent. */
  readonly rolesFile?: string;
  /** Closes the sessions and removes the database. */
  drop(): Promise<void>;
}

/** An empty database. */
export async function emptyDatabase(): Promise<SuiteDatabase> {
  const database = await (await testPostgres()).createDatabase();
  const client = new Pool({ connectionString: database.url });
  // A pool does not wait for its sessions to end, so that the removal of the database may cut some.
  client.on('error', () => undefined);
  return {
    url: database.url,
    client,
    drop: async () => {
      await client.end();
      await database.drop();
    },
  };
}

/** A database that `npm run db:migrate` has brought to the current schema. */
export async function migratedDatabase(): Promise<SuiteDatabase> {
  const database = await emptyDatabase();
  await migrate(database.url);
  return database;
}

/** Brings a database to the schema of this checkout, or of what is built in another folder. */
export async function migrate(url: string, root = repositoryPath('')): Promise<void> {
  const program = join(root, 'libs/distribution-store/dist/migrate.main.js');
  const { code, stdout, stderr } = await runProgram(program, [], { COMMS_DATASOURCE_URL: url });
  if (code !== 0) throw new Error(`the migration ended with ${code}: ${stdout}${stderr}`);
}

/** A database user for each app, with the role that `roles.sql` makes for it and no other right. */
export class DaemonLogins {
  private readonly suffix = randomBytes(4).toString('hex');
  private readonly password = randomBytes(16).toString('hex');
  private readonly urls = new Map<App, Promise<string>>();
  private roles: Promise<void> | undefined;

  constructor(private readonly database: SuiteDatabase) {}

  /** The URL for an app; the database must have the current schema. */
  urlOf(app: App): Promise<string> {
    const url = this.urls.get(app) ?? this.login(app);
    this.urls.set(app, url);
    return url;
  }

  /** Removes the users; their sessions must have ended. */
  async drop(): Promise<void> {
    const users = [...this.urls.keys()].map((app) => this.userOf(app));
    if (users.length > 0) await this.database.client.query(`DROP ROLE ${users.join(', ')}`);
  }

  private async login(app: App): Promise<string> {
    this.roles ??= this.makeRoles();
    await this.roles;
    const role = app === 'comms-monitor' ? 'comms_monitor' : 'comms_delivery';
    const user = this.userOf(app);
    await this.database.client.query(`CREATE ROLE ${user} LOGIN PASSWORD '${this.password}' IN ROLE ${role}`);
    return Object.assign(new URL(this.database.url), { username: user, password: this.password }).href;
  }

  private async makeRoles(): Promise<void> {
    const { rolesFile = repositoryPath('libs/distribution-store/sql/roles.sql') } = this.database;
    const sql = await readFile(rolesFile, 'utf8');
    await this.database.client.query(sql);
  }

  /** Users belong to all databases of a server, so that each suite needs its own. */
  private userOf(app: App): string {
    return `${app.replaceAll('-', '_')}_${this.suffix}`;
  }
}
