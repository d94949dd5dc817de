import { constants } from 'node:fs';
import { basename } from 'node:path';
import type { Disk, Inode } from './disk.js';
import { FileCalls } from './file-calls.js';

/** Moments of a file's writing at which a fault may be wanted. */
export type FileMoment = 'written' | 'renamed' | 'directory synced';

/** As much of `node:fs/promises` as files in one directory need. */
export class VirtualFiles {
  /** The same with the calls of `node:fs`. */
  readonly calls = new FileCalls(this);

  constructor(
    private readonly disk: Disk,
    private readonly onMoment: (moment: FileMoment) => void,
  ) {}

  async open(path: string, flags: string | number): Promise<VirtualHandle> {
    if (flags === READ_DIRECTORY) return this.openDirectory();
    const inode = await this.do(`create ${basename(path)}`, () => this.disk.create(basename(path)));
    return this.handle({
      write: (content) => this.write(inode, content),
      sync: () =>
        this.do('sync', () => {
          this.disk.sync(inode);
        }),
    });
  }

  rename(from: string, to: string): Promise<void> {
    return this.do(`rename to ${basename(to)}`, () => {
      this.disk.rename(basename(from), basename(to));
      this.onMoment('renamed');
    });
  }

  unlink(path: string): Promise<void> {
    return this.do('unlink', () => {
      this.disk.unlink(basename(path));
    });
  }

  readdir(): Promise<string[]> {
    return this.do('list', () => this.disk.list());
  }

  stat(path: string): Promise<{ mtimeMs: number }> {
    return this.do('stat', () => ({ mtimeMs: this.disk.existing(basename(path)).changedMs }));
  }

  private async openDirectory(): Promise<VirtualHandle> {
    await this.do('open directory', () => {
      this.disk.openDirectory();
    });
    return this.handle({ sync: () => this.syncDirectory() });
  }

  private write(inode: Inode, content: string): Promise<void> {
    return this.do('write', () => {
      this.disk.write(inode, content);
      this.onMoment('written');
    });
  }

  private syncDirectory(): Promise<void> {
    return this.do('sync directory', () => {
      this.disk.syncDirectory();
      this.onMoment('directory synced');
    });
  }

  private handle({ write, sync }: HandleActions): VirtualHandle {
    const done = () => Promise.resolve();
    return {
      stat: () => Promise.resolve({ mode: 0o640 }),
      chmod: done,
      close: done,
      sync,
      writeFile: write ?? done,
    };
  }

  /** What is done is done by the kernel, even if the process that asked for it dies meanwhile. */
  private do<T>(what: string, action: () => T): Promise<T> {
    const { world, actor } = this.disk;
    const client = world.current;
    return new Promise((resolve, reject) => {
      world.after(actor, world.random.between(0.02, 0.6), () => {
        const outcome = this.attempt(`${client.name}: ${what}`, action);
        world.after(client, 0, () => {
          if ('value' in outcome) resolve(outcome.value);
          else reject(outcome.error);
        });
      });
    });
  }

  private attempt<T>(what: string, action: () => T): { value: T } | { error: Error } {
    const { world, actor } = this.disk;
    try {
      const value = action();
      world.note(actor, what);
      return { value };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      world.note(actor, `${what} fails: ${error.message}`);
      return { error };
    }
  }
}

const READ_DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY;

interface HandleActions {
  readonly write?: (content: string) => Promise<void>;
  readonly sync: () => Promise<void>;
}

export interface VirtualHandle {
  stat(): Promise<{ mode: number }>;
  chmod(): Promise<void>;
  writeFile(content: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}
