import type { PendingEvent } from '../world/events.js';
import type { World } from '../world/world.js';

/** What `setTimeout` and the like return: a timer of the actor that is running. */
export class VirtualTimer {
  private event: PendingEvent | undefined;

  private constructor(
    private readonly world: World,
    private readonly intervalMs: number | undefined,
    private readonly action: () => void,
  ) {}

  static once(world: World, delayMs: number | undefined, action: () => void): VirtualTimer {
    const timer = new VirtualTimer(world, undefined, action);
    timer.event = world.after(world.current, atLeastOne(delayMs), action);
    return timer;
  }

  static every(world: World, intervalMs: number | undefined, action: () => void): VirtualTimer {
    const timer = new VirtualTimer(world, atLeastOne(intervalMs), action);
    timer.arm();
    return timer;
  }

  static soon(world: World, action: () => void): VirtualTimer {
    const timer = new VirtualTimer(world, undefined, action);
    timer.event = world.after(world.current, 0, action);
    return timer;
  }

  clear(): void {
    if (this.event !== undefined) this.event.cancelled = true;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  private arm(): void {
    this.event = this.world.after(this.world.current, this.intervalMs ?? 1, () => {
      this.arm();
      this.action();
    });
  }
}

/** As in Node. */
function atLeastOne(ms = 1): number {
  return ms >= 1 ? ms : 1;
}
