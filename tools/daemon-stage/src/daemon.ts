import { Child, type End, eventually } from '@comms/kit';
import { type App, programOf } from './app.js';

/** A response of a daemon's health port. */
interface HealthResponse {
  readonly code: number;
  readonly contentType: string;
  readonly body: string;
}

/** The user that a process runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** A built daemon. */
export interface DaemonProgram {
  readonly app: App;
  /** Its main.js. */
  readonly program: string;
}

/** What a daemon is started with; as the user of this process by default. */
export interface SpawnOptions extends Partial<User> {
  readonly env: Readonly<Record<string, string>>;
  /** The folder that it works in; that of this process by default. */
  readonly cwd?: string;
}

/** More than the drain of a daemon may take. */
const STOP_LIMIT_MS = 60_000;

/** A built daemon as a process. All its output and all its responses are kept. */
export class Daemon {
  readonly ended: Promise<End>;
  private readonly responses = new Set<string>();

  private constructor(
    readonly app: App,
    private readonly port: number,
    private readonly child: Child,
  ) {
    this.ended = child.ended;
  }

  /** Starts a daemon whose health port is `port`. */
  static start(app: App, port: number, environment: Readonly<Record<string, string>>): Daemon {
    return Daemon.spawn({ app, program: programOf(app) }, port, { env: environment });
  }

  /** Does the same for any build of a daemon, as the user that the options name. */
  static spawn({ app, program }: DaemonProgram, port: number, { env, ...others }: SpawnOptions): Daemon {
    const child = Child.spawn({
      name: app,
      command: process.execPath,
      args: [program],
      env: { ...env, COMMS_HEALTH_PORT: String(port) },
      stopLimitMs: STOP_LIMIT_MS,
      ...others,
    });
    return new Daemon(app, port, child);
  }

  get pid(): number {
    return this.child.pid;
  }

  get stdout(): string {
    return this.child.stdout;
  }

  get stderr(): string {
    return this.child.stderr;
  }

  /** Whether its process is gone. Its last log lines may not have arrived yet. */
  get hasExited(): boolean {
    return this.child.hasExited;
  }

  get hasEnded(): boolean {
    return this.child.hasEnded;
  }

  /** Whether it has ended, though it was neither stopped nor killed. */
  get hasEndedUnasked(): boolean {
    return this.child.hasEndedUnasked;
  }

  /** All that it has shown so far: its output, and the responses of its health port. */
  get shown(): string {
    return [this.stdout, this.stderr, ...this.responses].join('\n');
  }

  /** Stops reading its log, until {@link readLog}. */
  ignoreLog(): void {
    this.child.pauseOutput();
  }

  readLog(): void {
    this.child.resumeOutput();
  }

  /** Asks its health port. */
  async get(path: string): Promise<HealthResponse> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      signal: AbortSignal.timeout(10_000),
    });
    const body = await response.text();
    this.responses.add(body);
    return { code: response.status, contentType: response.headers.get('content-type') ?? '', body };
  }

  async health(): Promise<HealthDocument> {
    return JSON.parse((await this.get('/health')).body) as HealthDocument;
  }

  /** The samples of `/metrics` by name and labels, such as `comms_part_up{part="broker"}`. */
  async metrics(): Promise<ReadonlyMap<string, number>> {
    const { body } = await this.get('/metrics');
    const samples = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      samples.map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
    );
  }

  /** Waits until its health port responds. Rejects where the process ends before. */
  async untilListening(): Promise<void> {
    await eventually(
      `${this.app} listens`,
      () => this.get('/health/live').then(isResponse, () => this.hasEnded && 'ended'),
      (state) => state !== false,
    );
    if (this.hasEnded) throw new Error(`${this.app} has ended:\n${this.stdout}\n${this.stderr}`);
  }

  /** Waits until its health document is as wanted, and returns it. */
  async untilHealth(what: string, isIt: (health: HealthDocument) => boolean): Promise<HealthDocument> {
    await this.untilListening();
    return eventually(`${this.app} ${what}`, () => this.health(), isIt);
  }

  untilUp(): Promise<HealthDocument> {
    return this.untilHealth('is up', ({ status }) => status === 'up');
  }

  /** Waits until it has looked for work `times` more times and found none. */
  async untilIdle(times = 3): Promise<void> {
    await this.untilListening();
    const idleCycles = async () => (await this.metrics()).get('comms_cycles_total{result="idle"}') ?? 0;
    const before = await idleCycles();
    await eventually(`${this.app} is idle`, idleCycles, (cycles) => cycles >= before + times);
  }

  /** Kills it, or stops it for a while and lets it go on. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void {
    this.child.signal(name);
  }

  /** Ends it by SIGTERM. Returns how it ended. */
  stop(): Promise<End> {
    return this.child.stop();
  }
}

function isResponse(): true {
  return true;
}

/** The document at `/health`, as operators and supervisors may rely on it. */
export interface HealthDocument {
  readonly status: string;
  readonly app: string;
  readonly version: string;
  readonly daemon: { readonly type: string; readonly category: string; readonly activity: string };
  readonly database: HealthPart;
  readonly broker?: HealthPart;
  readonly directory?: HealthPart;
  readonly lastCycle: {
    readonly startedAt: string;
    readonly finishedAt: string | null;
    readonly distributed: number;
    readonly retried: number;
    readonly failed: number;
  } | null;
  readonly backlog: {
    readonly waiting: number;
    readonly retrying: number;
    readonly error: number;
    readonly lapsed: number;
    readonly setAside: number;
    readonly oldestWaitingSeconds: number;
  } | null;
  readonly lastError: { readonly code: string; readonly at: string } | null;
}

export interface HealthPart {
  readonly status: string;
  readonly since: string;
  readonly name?: string;
  readonly code?: string;
  readonly text?: string;
}
