import type { VirtualFiles, VirtualHandle } from './virtual-files.js';

/** As much of `node:fs` as files in one directory need: calls with descriptors, which return promises here. */
export class FileCalls {
  private readonly handles = new Map<number, VirtualHandle>();
  private last = 0;

  constructor(private readonly files: VirtualFiles) {}

  async open(path: string, flags: string | number): Promise<number> {
    const handle = await this.files.open(path, flags);
    this.last += 1;
    this.handles.set(this.last, handle);
    return this.last;
  }

  fstat(descriptor: number): Promise<{ mode: number }> {
    return this.handle(descriptor).stat();
  }

  fchmod(descriptor: number): Promise<void> {
    return this.handle(descriptor).chmod();
  }

  writeFile(descriptor: number, content: string): Promise<void> {
    return this.handle(descriptor).writeFile(content);
  }

  fsync(descriptor: number): Promise<void> {
    return this.handle(descriptor).sync();
  }

  close(descriptor: number): Promise<void> {
    const handle = this.handle(descriptor);
    this.handles.delete(descriptor);
    return handle.close();
  }

  rename(from: string, to: string): Promise<void> {
    return this.files.rename(from, to);
  }

  unlink(path: string): Promise<void> {
    return this.files.unlink(path);
  }

  private handle(descriptor: number): VirtualHandle {
    const handle = this.handles.get(descriptor);
    if (handle === undefined) throw new Error(`no open file has the descriptor ${descriptor}`);
    return handle;
  }
}
