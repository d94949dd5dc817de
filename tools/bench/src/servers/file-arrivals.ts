import { mkdir, readdir } from 'node:fs/promises';
import type { Arrivals } from '../rounds/measure-round.js';

/**
 * The files of a directory, one per message. They are counted at the end only: that takes long with many.
 *
 * None is removed before the benchmark ends. For minutes after that, ext4 without a journal looks at the inode of each
 * removed file again and again when files are made nearby. One subject would pay for the files of another.
 */
export class FileArrivals implements Arrivals {
  private before = 0;

  constructor(private readonly directory: string) {}

  hasCome(): boolean {
    return true;
  }

  get count(): Promise<number> {
    return this.countAll().then((all) => all - this.before);
  }

  /** A file is named after its row. */
  get distinct(): Promise<number> {
    return this.count;
  }

  async reset(): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    this.before = await this.countAll();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async countAll(): Promise<number> {
    const names = await readdir(this.directory);
    return names.filter((name) => name.endsWith('.json')).length;
  }
}
