import { Actor } from '../world/events.js';
import type { World } from '../world/world.js';

/** A file's content, and as much of it as is on disk. */
export interface Inode {
  content: string;
  synced: string;
  /** A sync has failed: what was written before will never get to disk. */
  failed: boolean;
  readonly changedMs: number;
}

export type DiskErrno = 'ENOSPC' | 'EIO' | 'EROFS' | 'ENOENT' | 'EACCES';

/** One directory on a disk: what is not synced may be lost when the power goes. */
export class Disk {
  readonly actor = new Actor('disk');
  hindrance: DiskErrno | undefined;
  entries = new Map<string, Inode>();
  private synced = new Map<string, Inode>();

  constructor(readonly world: World) {}

  create(name: string): Inode {
    this.refuse('ENOSPC', 'EROFS', 'ENOENT');
    if (this.entries.has(name)) throw failure('EEXIST');
    const inode = { content: '', synced: '', failed: false, changedMs: this.world.wallClock() };
    this.entries.set(name, inode);
    return inode;
  }

  /** Half of it is written when there is no space. */
  write(inode: Inode, content: string): void {
    if (this.hindrance === 'ENOSPC') inode.content = content.slice(0, content.length / 2);
    this.refuse('ENOSPC', 'EROFS');
    inode.content = content;
  }

  sync(inode: Inode): void {
    if (this.hindrance === 'EIO') inode.failed = true;
    this.refuse('EIO');
    if (!inode.failed) inode.synced = inode.content;
  }

  /** Only reading needs the right to read: files can be created and renamed without it. */
  openDirectory(): void {
    this.refuse('ENOENT', 'EACCES');
  }

  syncDirectory(): void {
    this.refuse('EIO', 'ENOENT');
    this.synced = new Map(this.entries);
  }

  rename(from: string, to: string): void {
    this.refuse('EROFS', 'ENOENT', 'EIO');
    this.entries.set(to, this.existing(from));
    this.entries.delete(from);
  }

  unlink(name: string): void {
    this.refuse('EROFS', 'ENOENT');
    this.existing(name);
    this.entries.delete(name);
  }

  existing(name: string): Inode {
    this.refuse('ENOENT');
    const inode = this.entries.get(name);
    if (inode === undefined) throw failure('ENOENT');
    return inode;
  }

  list(): string[] {
    this.refuse('ENOENT', 'EACCES');
    return [...this.entries.keys()];
  }

  /** The power goes and comes back: a random part of what was not synced is lost. */
  losePower(): void {
    const { random } = this.world;
    const names = new Set([...this.entries.keys(), ...this.synced.keys()]);
    const left = new Map<string, Inode>();
    for (const name of names) {
      const inode = (random.chance(0.5) ? this.entries : this.synced).get(name);
      if (inode !== undefined) left.set(name, inode);
    }
    for (const inode of left.values())
      if (inode.synced !== inode.content) inode.content = inode.content.slice(0, random.int(0, 10));
    this.entries = left;
    this.synced = new Map(left);
  }

  /** What would be there after the power had gone, whatever chance decides; undefined where that is not certain. */
  durable(name: string): string | undefined {
    const now = this.entries.get(name);
    const then = this.synced.get(name);
    if (now === undefined || then === undefined) return undefined;
    return now.synced === then.synced && now.synced === now.content ? now.synced : undefined;
  }

  private refuse(...errnos: DiskErrno[]): void {
    if (this.hindrance !== undefined && errnos.includes(this.hindrance)) throw failure(this.hindrance);
  }
}

function failure(errno: string): Error {
  return Object.assign(new Error(errno), { code: errno, syscall: 'simulated' });
}
