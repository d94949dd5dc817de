import { Actor, EventQueue, type PendingEvent } from './events.js';
import type { Random } from './random.js';
import { Trace } from './trace.js';

/**
 * Virtual time. Whatever happens is an event of one actor; between two events all promises settle, so an event and what
 * follows from it at once are one step, and `current` is whose step it is.
 */
export class World {
  readonly trace = new Trace();
  /** Milliseconds since the start of the run; never steps. */
  now = 0;
  /** How far the wall clock is off. */
  wallOffsetMs = 0;
  /** Steps so far. */
  steps = 0;
  /** The first promise that was broken; the run ends there. */
  violation: Violation | undefined;
  current: Actor = new Actor('no one');
  private readonly queue = new EventQueue();
  private order = 0;

  constructor(readonly random: Random) {}

  /** The wall clock, which jumps. */
  wallClock(): number {
    return EPOCH + this.now + this.wallOffsetMs;
  }

  after(actor: Actor, delayMs: number, action: () => void): PendingEvent {
    const event = { time: this.now + delayMs, order: this.order++, actor, action, cancelled: false };
    this.queue.push(event);
    return event;
  }

  /** Writes down what happens now. */
  note(actor: Actor, what: string): void {
    this.trace.add(`${this.now.toFixed(3)} ${actor.name} ${what}`);
  }

  broken(promise: string, seen: string): void {
    if (this.violation !== undefined) return;
    this.violation = { promise, seen };
    this.trace.add(`${this.now.toFixed(3)} BROKEN: ${promise}: ${seen}`);
  }

  /** Runs step after step until `over`, a broken promise, or the time `until`. */
  run(until: number, over: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const turn = () => {
        if (this.violation !== undefined || over() || !this.step(until)) resolve();
        else onceSettled(turn);
      };
      turn();
    });
  }

  private step(until: number): boolean {
    const event = this.next();
    if (event === undefined) return false;
    if (event.time > until) {
      this.queue.push(event);
      return false;
    }
    this.now = event.time;
    this.steps += 1;
    this.current = event.actor;
    try {
      event.action();
    } catch (error) {
      this.broken('no exception escapes', `${event.actor.name}: ${String(error)}`);
    }
    return true;
  }

  /** Skips the events of dead actors, and delays those of stalled ones. */
  private next(): PendingEvent | undefined {
    for (;;) {
      const event = this.queue.pop();
      if (event === undefined) return undefined;
      if (event.cancelled || !event.actor.alive) continue;
      if (event.actor.stalledUntil <= event.time) return event;
      event.time = event.actor.stalledUntil;
      event.order = this.order++;
      this.queue.push(event);
    }
  }
}

const EPOCH = Date.UTC(2026, 0, 1);

/** After all promises that can settle now: the queue of ticks has its turn when the queue of promises is empty. */
function onceSettled(action: () => void): void {
  queueMicrotask(() => {
    process.nextTick(action);
  });
}

/** A promise that was broken in a run. */
export interface Violation {
  /** Which promise. */
  readonly promise: string;
  /** What was seen. */
  readonly seen: string;
}
