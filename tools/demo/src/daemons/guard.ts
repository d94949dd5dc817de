import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export type GuardMessage = { readonly started: number } | { readonly ended: number };

/** Cleans up where the demo itself no longer can; see guard.main.ts. */
export class Guard {
  readonly #process: ChildProcess;
  readonly #gone: Promise<unknown>;

  /** Once this process is gone, the folder is removed, and the processes that are watched then are killed. */
  constructor(private readonly folder: string) {
    const script = fileURLToPath(new URL('./guard.main.js', import.meta.url));
    this.#process = spawn(process.execPath, [script, folder], {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#gone = new Promise((resolve) => this.#process.once('exit', resolve));
  }

  watch(pid: number): void {
    this.#tell({ started: pid });
  }

  forget(pid: number): void {
    this.#tell({ ended: pid });
  }

  /** Removes the folder, and needs no guard any more. */
  async release(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
    if (this.#process.connected) this.#process.disconnect();
    await this.#gone;
  }

  #tell(message: GuardMessage): void {
    this.#process.send(message, () => undefined);
  }
}
