import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { eventually } from '@comms/kit';
import type { TestBroker } from '@comms/test-servers';
import type { Sample } from './samples.js';

export interface SampleOptions {
  readonly broker: TestBroker;
  readonly queue: string;
  /** Its keys; without them it takes plain messages. */
  readonly keysFile?: string | undefined;
  /** Whether it takes plain messages although it has keys. */
  readonly allowPlain?: boolean;
  /** Whether the sample is asked to print what it reads. */
  readonly print?: boolean;
}

/** A comm as a sample prints it. */
export type PrintedComm = Readonly<Record<string, unknown>>;

/** A sample consumer that runs; what it reports is kept. */
export class SampleProcess {
  readonly ended: Promise<number | NodeJS.Signals>;
  stdout = '';
  stderr = '';
  private hasEnded = false;

  private constructor(private readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject).once('close', (code, signal) => {
        this.hasEnded = true;
        resolve(code ?? signal ?? 'SIGKILL');
      });
    });
  }

  static start(
    { command, args, urlOf }: Sample,
    { broker, queue, keysFile, allowPlain = false, print = false }: SampleOptions,
  ): SampleProcess {
    const keys = keysFile === undefined ? [] : ['--keys', keysFile];
    const switches = [...(allowPlain ? ['--allow-plain'] : []), ...(print ? ['--print'] : [])];
    const own = [...keys, ...switches, urlOf(broker) ?? '', queue];
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, BROKER_USERNAME: broker.username, BROKER_PASSWORD: broker.password };
    return new SampleProcess(spawn(command, [...args, ...own], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  /** The lines that it has printed so far, as they are. */
  get lines(): string[] {
    return this.stdout.split('\n').slice(0, -1);
  }

  /** The comms that it has printed so far. */
  get printed(): PrintedComm[] {
    return this.lines.map((line) => JSON.parse(line) as PrintedComm);
  }

  /** Waits until it has written a text to standard error this many times. */
  async hasTold(text: string, times = 1): Promise<void> {
    const read = () => Promise.resolve(this.stderr);
    const told = await eventually(
      `the sample reports '${text}'`,
      read,
      (soFar) => this.hasEnded || soFar.split(text).length > times,
    );
    if (told.split(text).length <= times) throw new Error(`the sample has ended, and told ${told}`);
  }

  /** Asks it to end, and returns how it ended. */
  stop(): Promise<number | NodeJS.Signals> {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  /** Ends it whatever it does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
