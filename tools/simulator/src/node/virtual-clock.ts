import { Clock } from '@comms/daemon-runtime';
import type { World } from '../world/world.js';

/** The clock of a daemon in a world. */
export class VirtualClock extends Clock {
  constructor(private readonly world: World) {
    super();
  }

  now(): Date {
    return new Date(this.world.wallClock());
  }

  elapsedMs(): number {
    return this.world.now;
  }

  after(ms: number, action: () => void): () => void {
    const event = this.world.after(this.world.current, ms, action);
    return () => {
      event.cancelled = true;
    };
  }

  nextTurn(): Promise<void> {
    return new Promise((resolve) => {
      this.world.after(this.world.current, 0, resolve);
    });
  }
}
