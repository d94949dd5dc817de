import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { eventually } from '@comms/kit';
import type { TestBroker } from '@comms/test-servers';
import type { Sample } from './samples.js';

export interface SampleOptions {
  readonly broker: TestBroker;
  readonly queue: string;
  readonly keysFile: string;
  /** Whether the sample is asked to print what it reads. */
  readonly print?: boolean;
}

/** A comm as a sample prints it: members that the sample leaves out are absent. */
export type PrintedComm = Readonly<Record<string, unknown>>;

/** A sample consumer that runs; what it tells is kept. */
export class SampleProcess {
  readonly ended: Promise<number | NodeJS.Signals>;
  stdout = '';
  stderr = '';

  private constructor(private readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject).once('close', (code, signal) => {
        resolve(code ?? signal ?? 'SIGKILL');
      });
    });
  }

  static start(
    { command, args, urlOf }: Sample,
    { broker, queue, keysFile, print = false }: SampleOptions,
  ): SampleProcess {
    const own = ['--keys', keysFile, ...(print ? ['--print'] : []), urlOf(broker) ?? '', queue];
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, BROKER_USERNAME: broker.username, BROKER_PASSWORD: broker.password };
    return new SampleProcess(spawn(command, [...args, ...own], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  /** The comms that it has printed so far. */
  get printed(): PrintedComm[] {
    const whole = this.stdout.slice(0, this.stdout.lastIndexOf('\n') + 1);
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as PrintedComm);
  }

  /** Waits until it has told a text so many times on standard error. */
  async hasTold(text: string, times = 1): Promise<void> {
    const read = () => Promise.resolve(this.stderr);
    await eventually(`the sample tells '${text}'`, read, (told) => told.split(text).length > times);
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
