import { EventEmitter } from 'node:events';
import type { Link } from './link.js';

/** As much of a socket of Node's as a client uses. */
export class VirtualSocket extends EventEmitter {
  destroyed = false;
  link: Link | undefined;

  write(data: string | Uint8Array): boolean {
    if (!this.destroyed)
      this.link?.fromClient(typeof data === 'string' ? data : Buffer.from(data).toString());
    return true;
  }

  end(): this {
    if (!this.destroyed) this.link?.endByClient();
    return this;
  }

  destroy(): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.link?.abandonedByClient();
    return this;
  }

  /** What is written until `uncork` may be held back. Here it is not. */
  cork(): void {
    return;
  }

  uncork(): void {
    return;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  /** The other side, or the way there, has ended the connection. */
  lose(errno: string | undefined): void {
    if (this.destroyed) return;
    this.destroyed = true;
    if (errno !== undefined) this.emit('error', Object.assign(new Error(errno), { code: errno }));
    this.emit('close');
  }
}
