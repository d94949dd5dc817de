import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { BenchError } from '../bench-error.js';

export interface ChildCommand {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
}

const STOP_LIMIT_MS = 30_000;

/** A process that is measured, with a channel for words to and from it. */
export class Child {
  #stopping = false;
  readonly #ended: Promise<unknown>;
  readonly #heard = new Set<string>();

  private constructor(
    private readonly spec: ChildCommand,
    private readonly child: ChildProcess,
  ) {
    this.#ended = new Promise((resolve) => child.once('exit', resolve));
    child.on('message', (word) => {
      if (typeof word === 'string') this.#heard.add(word);
    });
    // What is lost of a word to a process that has ended, its end will tell.
    child.on('error', () => undefined);
  }

  /** In a process group of its own: a Ctrl-C is for the benchmark, which then ends it. */
  static async start(spec: ChildCommand): Promise<Child> {
    const log = await open(spec.logFile, 'a');
    const { command, args, env } = spec;
    const stdio = ['ignore', log.fd, log.fd, 'ipc'] as const;
    const child = spawn(command, args, { env, detached: true, stdio: [...stdio] });
    const started = new Child(spec, child);
    await once(child, 'spawn');
    await log.close();
    return started;
  }

  get pid(): number {
    return this.child.pid ?? NaN;
  }

  /** Resolves when the process has ended without having been told to; never otherwise. */
  async endedUnasked(): Promise<BenchError> {
    await this.#ended;
    if (this.#stopping) return new Promise(() => undefined);
    const { name, logFile } = this.spec;
    const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-LOG_LINES).join('\n');
    return new BenchError('PROCESS_ENDED', `${name} has ended by itself. The end of its log:\n${lines}`);
  }

  say(word: string): void {
    this.child.send(word, () => undefined);
  }

  /** Whether the process has said this since it was last asked. */
  hears(word: string): boolean {
    return this.#heard.delete(word);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_LIMIT_MS);
    await this.#ended;
    clearTimeout(timer);
  }
}

const LOG_LINES = 15;
