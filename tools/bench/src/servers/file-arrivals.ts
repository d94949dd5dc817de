import { mkdir, readdir, rm } from 'node:fs/promises';
import type { Arrivals } from '../rounds/measure-round.js';

/** The files of a directory, one per message. They are counted at the end only: that takes long with many. */
export class FileArrivals implements Arrivals {
  constructor(private readonly directory: string) {}

  hasCome(): boolean {
    return true;
  }

  get count(): Promise<number> {
    return readdir(this.directory).then((names) => names.filter((name) => name.endsWith('.json')).length);
  }

  /** A file is named after its row. */
  get distinct(): Promise<number> {
    return this.count;
  }

  async reset(): Promise<void> {
    await this.close();
    await mkdir(this.directory, { recursive: true });
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}
