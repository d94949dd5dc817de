import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type GuardMessage =
  { readonly folder: string } | { readonly started: number } | { readonly ended: number };

/** Cleans up where the demo itself no longer can; see guard.main.ts. */
export class Guard {
  readonly #process: ChildProcess;

  /** `folder` is removed, and the watched processes killed, once this process is gone or has released the guard. */
  constructor(folder: string) {
    const script = fileURLToPath(new URL('./guard.main.js', import.meta.url));
    this.#process = spawn(process.execPath, [script], {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#tell({ folder });
  }

  watch(pid: number): void {
    this.#tell({ started: pid });
  }

  forget(pid: number): void {
    this.#tell({ ended: pid });
  }

  /** Resolves when the folder is gone. */
  async release(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.disconnect();
    await gone;
  }

  #tell(message: GuardMessage): void {
    this.#process.send(message, () => undefined);
  }
}
