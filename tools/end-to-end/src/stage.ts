import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@comms/test-servers';
import type { App } from './app.js';
import { Daemon, type SpawnOptions, type User } from './daemon.js';
import { DaemonLogins } from './daemon-logins.js';
import { eventually } from './eventually.js';
import { leaksIn } from './leaks-in.js';
import { logFaults } from './log-faults.js';
import { type Properties, propertiesText } from './properties.js';
import { migratedDatabase, type SuiteDatabase } from './suite-database.js';
import { confidentialTexts, errorTexts } from './confidential-texts.js';

/** Daemons that look for work often, and tell all that they can tell. */
const EAGER: Properties = {
  'comms.health.host': '127.0.0.1',
  'comms.log.level': 'debug',
  'comms.monitor.schedule': '100ms',
  'comms.handset.monitor.extract.schedule': '100ms',
  'comms.sms.monitor.extract.schedule': '100ms',
  'comms.external.monitor.extract.schedule': '100ms',
};

const URL_KEY = 'comms.datasource.url';

/** What one suite has of its own: a database, a folder, and the daemons that it starts. */
export class Stage {
  readonly #daemons: Daemon[] = [];
  readonly #secrets: string[] = [];

  readonly #logins: DaemonLogins;

  private constructor(
    readonly database: SuiteDatabase,
    /** Removed at the end. */
    readonly folder: string,
    private readonly properties: Properties,
  ) {
    this.#logins = new DaemonLogins(database);
  }

  /** A stage whose daemons all get these properties. */
  static async open(properties: Properties = {}, database = migratedDatabase()): Promise<Stage> {
    const opened = await database;
    const folder = await mkdtemp(join(tmpdir(), 'comms-end-to-end-'));
    return new Stage(opened, folder, { ...EAGER, ...properties });
  }

  /** The URL of the database for an app, with a user that has the rights of `roles.sql` alone. */
  urlOf(app: App): Promise<string> {
    return this.#logins.urlOf(app);
  }

  /** Starts a daemon, which may be told more than the others. */
  async start(
    app: App,
    properties: Properties = {},
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Daemon> {
    return this.#spawn(app, properties, { env: environment });
  }

  /** Starts a daemon as another user, who may then pass through the folder of this stage. */
  async startAs(user: User, app: App, properties: Properties = {}): Promise<Daemon> {
    await chmod(this.folder, 0o711);
    return this.#spawn(app, properties, { env: {}, ...user });
  }

  async #spawn(app: App, properties: Properties, { env, ...user }: SpawnOptions): Promise<Daemon> {
    const file = join(this.folder, `${this.#daemons.length}-${app}.properties`);
    const told = { ...this.properties, ...properties };
    const all = { ...told, [URL_KEY]: told[URL_KEY] ?? (await this.urlOf(app)) };
    this.#secrets.push(...passwordsIn(all));
    await writeFile(file, propertiesText(all));
    const daemon = Daemon.spawn(app, await freePort(), { env: { ...env, COMMS_CONFIG: file }, ...user });
    this.#daemons.push(daemon);
    return daemon;
  }

  /** As the function of that name; where it rejects, it also shows what each daemon has told last. */
  async eventually<T>(what: string, read: () => Promise<T>, isIt: (value: T) => boolean): Promise<T> {
    try {
      return await eventually(what, read, isIt);
    } catch (cause) {
      throw new Error(`${what}: see the cause; the daemons have told last\n${this.#lastLines()}`, { cause });
    }
  }

  /** Writes a file of key material, which nobody may ever tell; answers its path. */
  async writeKey(name: string, content: string, parts: readonly string[] = []): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    this.#secrets.push(...parts);
    return path;
  }

  /**
   * Ends what still runs and removes everything. Rejects where a daemon ended by itself, did not end with 0, wrote anything but its log,
   * or told a message's text, a target, a password or key material, be it in its log, its health or a row.
   */
  async close(): Promise<void> {
    try {
      const faults = [...(await this.#endFaults()), ...this.#outputFaults(), ...(await this.#leaks())];
      if (faults.length > 0) throw new Error(faults.join('\n'));
    } finally {
      await rm(this.folder, { recursive: true, force: true });
      await this.#logins.drop();
      await this.database.drop();
    }
  }

  #lastLines(): string {
    return this.#daemons
      .map(({ stdout, stderr }) => `${stdout.trimEnd().split('\n').slice(-5).join('\n')}\n${stderr}`)
      .join('\n');
  }

  async #endFaults(): Promise<string[]> {
    const strays = this.#daemons.filter(({ hasEndedUnasked }) => hasEndedUnasked);
    const running = this.#daemons.filter(({ hasEnded }) => !hasEnded);
    const ends = await Promise.all(running.map((daemon) => daemon.stop()));
    return [
      ...strays.map(({ app, stdout }) => `${app} ended by itself; its log:\n${stdout}`),
      ...ends.flatMap((end, i) => (end === 0 ? [] : [`${running[i]?.app ?? ''} ended with ${end}`])),
    ];
  }

  #outputFaults(): string[] {
    return this.#daemons.flatMap((daemon) => logFaults(daemon));
  }

  async #leaks(): Promise<string[]> {
    const { client } = this.database;
    const told = [...this.#daemons.map((daemon) => daemon.told), ...(await errorTexts(client))].join('\n');
    const secrets = [...(await confidentialTexts(client)), ...this.#secrets];
    return leaksIn(told, secrets).map((sample) => `a daemon has told ${JSON.stringify(sample)}`);
  }
}

function passwordsIn(properties: Properties): string[] {
  const { password } = new URL(String(properties[URL_KEY]));
  return [`:${password}@`, String(properties['comms.broker.password'] ?? '')];
}
