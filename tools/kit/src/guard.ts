import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A server that the guard itself starts, so that it knows of it from the first moment. */
export interface GuardedServer {
  readonly command: string;
  readonly args: readonly string[];
  readonly options?: { cwd?: string; uid?: number; gid?: number; env?: NodeJS.ProcessEnv };
  /** Everything that the server keeps; removed with it. */
  readonly folder: string;
  readonly logFile: string;
  /** Ends the server; SIGTERM by default. */
  readonly stopSignal?: NodeJS.Signals;
  /** Ends the server when its owner has ended. SIGKILL by default; another one where SIGKILL leaves something behind. */
  readonly hurrySignal?: NodeJS.Signals;
  /** Set where the command is a `docker run` of that name. */
  readonly container?: string;
  /** Set where the command mounts a FUSE file system there; unmounted at the end. */
  readonly mountPoint?: string;
}

/** What the guard reports: how its server ended, or that it has sent a signal. */
export interface GuardReport {
  readonly ended?: string;
  readonly signalled?: boolean;
}

type Request =
  | { readonly watch: number }
  | { readonly forget: number }
  | { readonly folder: string }
  | { readonly start: GuardedServer }
  | { readonly signal: NodeJS.Signals }
  | { readonly stop: true };

const PROGRAM = fileURLToPath(new URL('../guard.mjs', import.meta.url));

/**
 * A separate process with a channel to this one. When this process is gone, for whatever reason, the guard kills what
 * it watches and removes the folders; see guard.mjs. It does not keep this process alive.
 */
export class Guard {
  private readonly process: ChildProcess;
  private readonly gone: Promise<void>;

  constructor(onReport: (report: GuardReport) => void = () => undefined) {
    this.process = spawn(process.execPath, [PROGRAM], {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    this.process.on('message', onReport);
    this.gone = new Promise((resolve) => {
      this.process.once('exit', () => {
        resolve();
      });
    });
    this.process.unref();
    this.process.channel?.unref();
  }

  watch(pid: number): void {
    this.send({ watch: pid });
  }

  forget(pid: number): void {
    this.send({ forget: pid });
  }

  removeAtEnd(folder: string): void {
    this.send({ folder });
  }

  startServer(server: GuardedServer): void {
    this.send({ start: server });
  }

  /** Sends a signal to the server with all its children. Resolves once it is sent. */
  signalServer(signal: NodeJS.Signals): Promise<void> {
    return new Promise((resolve) => {
      const listen = ({ signalled }: GuardReport): void => {
        if (signalled !== true) return;
        this.process.off('message', listen);
        this.process.channel?.unref();
        resolve();
      };
      this.process.on('message', listen);
      this.process.channel?.ref();
      this.send({ signal });
    });
  }

  /** Ends the server and what is watched, removes the folders, and waits until the guard is gone. */
  async end(): Promise<void> {
    this.process.ref();
    this.send({ stop: true });
    await this.gone;
  }

  private send(request: Request): void {
    this.process.send(request, () => undefined);
  }
}
