import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system in memory, of a size and rights that can be changed; only where this process may mount. */
export class Tmpfs {
  private constructor(private readonly folder: string) {}

  /** Null, and one line on standard error, where mounting is not allowed. */
  static async mount(folder: string, size: string): Promise<Tmpfs | null> {
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
      return new Tmpfs(folder);
    } catch {
      process.stderr.write(
        'faults: this process may not mount, cases on their own file system are skipped\n',
      );
      return null;
    }
  }

  /** @param options such as `size=64m` or `ro` */
  async remount(options: string): Promise<void> {
    await run('mount', ['-o', `remount,${options}`, this.folder]);
  }

  async unmount(): Promise<void> {
    await run('umount', [this.folder]);
  }
}
