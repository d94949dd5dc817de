import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { type App, programOf } from './app.js';
import { eventually } from './eventually.js';
import type { HealthDocument } from './health-document.js';

/** An answer of a daemon's health port. */
export interface Answer {
  readonly code: number;
  readonly contentType: string;
  readonly body: string;
}

/** Who a process runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** How a process ended: its exit code, or the signal that ended it. */
export type End = number | NodeJS.Signals;

/** What a daemon is started with; as the user of this process unless told. */
export interface SpawnOptions extends Partial<User> {
  readonly env: Readonly<Record<string, string>>;
}

/** More than the drain of a daemon may take. */
const STOP_LIMIT_MS = 60_000;

/** A built daemon as a process of its own; what it tells anybody is kept. */
export class Daemon {
  readonly ended: Promise<End>;
  stdout = '';
  stderr = '';
  #hasEnded = false;
  #toldToEnd = false;
  readonly #answers = new Set<string>();

  private constructor(
    readonly app: App,
    private readonly port: number,
    private readonly child: ChildProcessByStdio<null, Readable, Readable>,
  ) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject).once('close', (code, signal) => {
        this.#hasEnded = true;
        resolve(code ?? signal ?? 'SIGKILL');
      });
    });
  }

  /** Starts a daemon whose health port is `port`. */
  static start(app: App, port: number, environment: Readonly<Record<string, string>>): Daemon {
    return Daemon.spawn(app, port, { env: environment });
  }

  /** The same, with what a process can be given beside its environment. */
  static spawn(app: App, port: number, { env, ...user }: SpawnOptions): Daemon {
    const child = spawn(process.execPath, [programOf(app)], {
      env: { ...env, COMMS_HEALTH_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...user,
    });
    return new Daemon(app, port, child);
  }

  get pid(): number {
    return this.child.pid ?? NaN;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether it has ended though neither stopped nor killed. */
  get hasEndedUnasked(): boolean {
    return this.#hasEnded && !this.#toldToEnd;
  }

  /** All that it has told so far: output, and the answers of its health port. */
  get told(): string {
    return [this.stdout, this.stderr, ...this.#answers].join('\n');
  }

  /** Asks its health port. */
  async get(path: string): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      signal: AbortSignal.timeout(10_000),
    });
    const body = await response.text();
    this.#answers.add(body);
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

  /** Waits until its health port answers; rejects where the process ends before. */
  async untilListening(): Promise<void> {
    await eventually(
      `${this.app} listens`,
      () => this.get('/health/live').then(isAnswer, () => this.hasEnded && 'ended'),
      (state) => state !== false,
    );
    if (this.hasEnded) throw new Error(`${this.app} has ended:\n${this.stdout}\n${this.stderr}`);
  }

  /** Waits until its health document is as wanted, and answers it. */
  async untilHealth(what: string, isIt: (health: HealthDocument) => boolean): Promise<HealthDocument> {
    await this.untilListening();
    return eventually(`${this.app} ${what}`, () => this.health(), isIt);
  }

  untilUp(): Promise<HealthDocument> {
    return this.untilHealth('is up', ({ status }) => status === 'up');
  }

  /** Waits until it has looked `times` times more, and found nothing to do. */
  async untilIdle(times = 3): Promise<void> {
    await this.untilListening();
    const idleCycles = async () => (await this.metrics()).get('comms_cycles_total{result="idle"}') ?? 0;
    const before = await idleCycles();
    await eventually(`${this.app} is idle`, idleCycles, (cycles) => cycles >= before + times);
  }

  /** Kills it, or holds it up and lets it go on. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void {
    this.#toldToEnd ||= name === 'SIGKILL' || name === 'SIGTERM';
    this.child.kill(name);
  }

  /** Ends it in good order; answers how it ended. */
  async stop(): Promise<End> {
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_LIMIT_MS);
    const end = await this.ended;
    clearTimeout(timer);
    return end;
  }
}

function isAnswer(): true {
  return true;
}
