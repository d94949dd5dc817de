import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** A reader that takes each file as soon as it sees it, and counts how often it has taken each name. */
export class TakingReader {
  private readonly counts = new Map<string, number>();
  private stopped = false;
  private readonly ended: Promise<void>;

  private constructor(private readonly directory: string) {
    this.ended = this.run();
  }

  static start(directory: string): TakingReader {
    return new TakingReader(directory);
  }

  /** How often each name was taken. */
  get taken(): ReadonlyMap<string, number> {
    return this.counts;
  }

  /** Takes what is still there, and ends. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.ended;
    await this.takeAll();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await this.takeAll();
      await setTimeout(EVERY_MS);
    }
  }

  private async takeAll(): Promise<void> {
    for (const name of await readdir(this.directory)) {
      if (name.endsWith('.tmp')) continue;
      await unlink(join(this.directory, name));
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    }
  }
}

const EVERY_MS = 5;
