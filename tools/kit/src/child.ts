import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Guard } from './guard.js';

/** How a process ended: its exit code, or the signal that ended it. */
export type End = number | NodeJS.Signals;

/** A program, and how it is run. */
export interface ChildCommand {
  /** Names the process in sentences. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** All of its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Its output is appended to this file. Without a file, the output is kept in memory. */
  readonly logFile?: string;
  /** Whether it has an IPC channel for messages in both directions. */
  readonly channel?: boolean;
  /** Whether it has its own process group: Ctrl-C then reaches only its owner, which ends it by SIGTERM. */
  readonly detached?: boolean;
  /** Kills it where this process ends before it. */
  readonly guard?: Pick<Guard, 'watch' | 'forget'>;
  /** The folder that it works in; that of this process by default. */
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** The time between SIGTERM and SIGKILL; 30 seconds by default. */
  readonly stopLimitMs?: number;
}

/** A program that runs as a process. */
export class Child {
  readonly ended: Promise<End>;
  stdout = '';
  stderr = '';
  private isOver = false;
  private askedToEnd = false;
  private readonly words = new Set<string>();

  private constructor(
    private readonly command: ChildCommand,
    private readonly process: ChildProcess,
  ) {
    process.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    process.on('message', (word) => {
      if (typeof word === 'string') this.words.add(word);
    });
    this.ended = new Promise((resolve, reject) => {
      process.on('error', reject);
      const over = (code: number | null, signal: NodeJS.Signals | null) => {
        this.isOver = true;
        resolve(code ?? signal ?? 'SIGKILL');
      };
      process.once(command.logFile === undefined ? 'close' : 'exit', over);
    });
    this.ended.catch(() => undefined);
  }

  /** Starts a process. `ended` rejects where it can't be started. */
  static spawn(command: ChildCommand): Child {
    const { args, env, detached = false, guard, cwd, uid, gid } = command;
    const log = command.logFile === undefined ? undefined : openSync(command.logFile, 'a');
    const output = log ?? 'pipe';
    const process = spawn(command.command, args, {
      env,
      detached,
      stdio: ['ignore', output, output, ...(command.channel === true ? (['ipc'] as const) : [])],
      ...(cwd !== undefined && { cwd }),
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    });
    if (log !== undefined) closeSync(log);
    const child = new Child(command, process);
    const { pid } = process;
    if (guard !== undefined && pid !== undefined) {
      guard.watch(pid);
      process.once('exit', () => {
        guard.forget(pid);
      });
    }
    return child;
  }

  /** Starts a process, and waits until it runs. Rejects where it can't be started. */
  static async start(command: ChildCommand): Promise<Child> {
    const child = Child.spawn(command);
    await once(child.process, 'spawn');
    return child;
  }

  get pid(): number {
    return this.process.pid ?? NaN;
  }

  /** Whether the process is gone. Its last output may not have arrived yet. */
  get hasExited(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  get hasEnded(): boolean {
    return this.isOver;
  }

  /** Whether it has ended, and nothing here has asked it to. */
  get hasEndedUnasked(): boolean {
    return this.isOver && !this.askedToEnd;
  }

  /** Resolves, with a sentence and the end of the log, when the process ends unasked. Never resolves otherwise. */
  async endedUnasked(): Promise<string> {
    const end = await this.ended;
    if (this.askedToEnd) return new Promise(() => undefined);
    const { name, logFile } = this.command;
    const log = logFile === undefined ? this.stdout + this.stderr : await readFile(logFile, 'utf8');
    const lines = log.trimEnd().split('\n').slice(-LOG_LINES).join('\n');
    return `${name} has ended by itself (${end}). The end of its log:\n${lines}`;
  }

  /** Stops reading its standard output. */
  pauseOutput(): void {
    this.process.stdout?.pause();
  }

  resumeOutput(): void {
    this.process.stdout?.resume();
  }

  /** Sends a message over the channel. A message to a process that has ended is lost. */
  send(word: string): void {
    this.process.send(word, () => undefined);
  }

  /** Whether this message has come over the channel since it was last asked for. */
  hasSent(word: string): boolean {
    return this.words.delete(word);
  }

  signal(name: NodeJS.Signals): void {
    this.askedToEnd ||= name === 'SIGKILL' || name === 'SIGTERM';
    this.process.kill(name);
  }

  /** Sends SIGTERM, then SIGKILL after the limit. Returns how the process ended. */
  async stop(): Promise<End> {
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), this.command.stopLimitMs ?? STOP_LIMIT_MS);
    try {
      return await this.ended;
    } finally {
      clearTimeout(timer);
    }
  }
}

const STOP_LIMIT_MS = 30_000;

const LOG_LINES = 15;
