import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@comms/test-servers';
import { eventually } from '@comms/kit';
import { type App, programOf } from './app.js';
import { Daemon, type DaemonProgram, type SpawnOptions, type User } from './daemon.js';
import { DaemonLogins, migratedDatabase, type SuiteDatabase } from './suite-database.js';
import { confidentialTexts, errorTexts, leaksIn, logFaults } from './output-faults.js';
import { type Properties, propertiesText } from './properties.js';

/** Daemons that look for work often, and log all that they can log. */
const EAGER: Properties = {
  'comms.health.host': '127.0.0.1',
  'comms.log.level': 'debug',
  'comms.monitor.schedule': '100ms',
  'comms.handset.monitor.extract.schedule': '100ms',
  'comms.sms.monitor.extract.schedule': '100ms',
  'comms.external.monitor.extract.schedule': '100ms',
};

const URL_KEY = 'comms.datasource.url';

/** What belongs to one suite: a database, a folder, and the daemons that it starts. */
export class Stage {
  private readonly daemons: Daemon[] = [];
  private readonly secrets: string[] = [];

  private readonly logins: DaemonLogins;

  private constructor(
    readonly database: SuiteDatabase,
    /** Removed at the end. */
    readonly folder: string,
    private readonly properties: Properties,
  ) {
    this.logins = new DaemonLogins(database);
  }

  /** A stage whose daemons all get these properties. */
  static async open(properties: Properties = {}, database = migratedDatabase()): Promise<Stage> {
    const opened = await database;
    const folder = await mkdtemp(join(tmpdir(), 'comms-end-to-end-'));
    return new Stage(opened, folder, { ...EAGER, ...properties });
  }

  /** The URL of the database for an app, with a user that has only the rights of `roles.sql`. */
  urlOf(app: App): Promise<string> {
    return this.logins.urlOf(app);
  }

  /** Starts a daemon, with further properties and variables. */
  start(
    app: App,
    properties: Properties = {},
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Daemon> {
    return this.spawn({ app, program: programOf(app) }, properties, { env: environment });
  }

  /** Starts a daemon of a release, as `builtRelease` has made it; it works in the folder of the release. */
  startRelease(folder: string, app: App): Promise<Daemon> {
    return this.spawn({ app, program: programOf(app, folder) }, {}, { env: {}, cwd: folder });
  }

  /** Starts a daemon as another user, who may then pass through the folder of this stage. */
  async startAs(user: User, app: App, properties: Properties = {}): Promise<Daemon> {
    await chmod(this.folder, 0o711);
    return this.spawn({ app, program: programOf(app) }, properties, { env: {}, ...user });
  }

  private async spawn(
    program: DaemonProgram,
    properties: Properties,
    { env, ...others }: SpawnOptions,
  ): Promise<Daemon> {
    const { app } = program;
    const file = join(this.folder, `${this.daemons.length}-${app}.properties`);
    const given = { ...this.properties, ...properties };
    const all = { ...given, [URL_KEY]: given[URL_KEY] ?? (await this.urlOf(app)) };
    this.secrets.push(...passwordsIn(all));
    await writeFile(file, propertiesText(all));
    const daemon = Daemon.spawn(program, await freePort(), {
      env: { ...env, COMMS_CONFIG: file },
      ...others,
    });
    this.daemons.push(daemon);
    return daemon;
  }

  /** As the function of that name. Where it rejects, it also shows the last log lines of each daemon. */
  async eventually<T>(what: string, read: () => Promise<T>, isIt: (value: T) => boolean): Promise<T> {
    try {
      return await eventually(what, read, isIt);
    } catch (cause) {
      throw new Error(`${what}: see the cause; the last lines of the daemons:\n${this.lastLines()}`, {
        cause,
      });
    }
  }

  /** Writes a file of key material, whose parts no daemon may ever show. Returns its path. */
  async writeKey(name: string, content: string, parts: readonly string[] = []): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    this.secrets.push(...parts);
    return path;
  }

  /**
   * Ends what still runs and removes everything. Rejects where a daemon ended by itself, did not end with 0, or wrote
   * anything except its log. Rejects also where one showed a message's text, a target, a password or key material in
   * its log, its health or a row.
   */
  async close(): Promise<void> {
    try {
      const faults = [...(await this.endFaults()), ...this.outputFaults(), ...(await this.leaks())];
      if (faults.length > 0) throw new Error(faults.join('\n'));
    } finally {
      await rm(this.folder, { recursive: true, force: true });
      await this.logins.drop();
      await this.database.drop();
    }
  }

  private lastLines(): string {
    return this.daemons
      .map(({ stdout, stderr }) => `${stdout.trimEnd().split('\n').slice(-5).join('\n')}\n${stderr}`)
      .join('\n');
  }

  private async endFaults(): Promise<string[]> {
    const endedUnasked = this.daemons.filter(({ hasEndedUnasked }) => hasEndedUnasked);
    const running = this.daemons.filter(({ hasEnded }) => !hasEnded);
    const ends = await Promise.all(running.map((daemon) => daemon.stop()));
    return [
      ...endedUnasked.map(({ app, stdout }) => `${app} ended by itself; its log:\n${stdout}`),
      ...ends.flatMap((end, i) => (end === 0 ? [] : [`${running[i]?.app ?? ''} ended with ${end}`])),
    ];
  }

  private outputFaults(): string[] {
    return this.daemons.flatMap((daemon) => logFaults(daemon));
  }

  private async leaks(): Promise<string[]> {
    const { client } = this.database;
    const shown = [...this.daemons.map((daemon) => daemon.shown), ...(await errorTexts(client))].join('\n');
    const secrets = [...(await confidentialTexts(client)), ...this.secrets];
    return leaksIn(shown, secrets).map((sample) => `a daemon has shown ${JSON.stringify(sample)}`);
  }
}

function passwordsIn(properties: Properties): string[] {
  const { password } = new URL(String(properties[URL_KEY]));
  return [`:${password}@`, String(properties['comms.broker.password'] ?? '')];
}
