import { setImmediate } from 'node:timers/promises';
import { Clock } from '../clock.js';

/** A clock that stands still until it is told to advance. */
export class FakeClock extends Clock {
  private nowMs: number;
  private elapsed = 0;
  private timers: Timer[] = [];
  private turnsUnderWay = 0;

  constructor(start = new Date('2026-11-24T12:00:00.000Z')) {
    super();
    this.nowMs = start.getTime();
  }

  now(): Date {
    return new Date(this.nowMs);
  }

  elapsedMs(): number {
    return this.elapsed;
  }

  after(ms: number, action: () => void): () => void {
    const timer = { due: this.elapsed + ms, action };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  }

  async nextTurn(): Promise<void> {
    this.turnsUnderWay += 1;
    await setImmediate();
    this.turnsUnderWay -= 1;
  }

  /** Resolves after `ms` milliseconds of this clock. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /**
   * Lets `ms` milliseconds pass: each timer that falls due is called at its time, and all that follows from it is done.
   */
  async advance(ms: number): Promise<void> {
    const end = this.elapsed + ms;
    await this.settle();
    for (let timer = this.nextDue(end); timer; timer = this.nextDue(end)) {
      this.passTo(timer.due);
      this.timers = this.timers.filter((each) => each !== timer);
      timer.action();
      await this.settle();
    }
    this.passTo(end);
  }

  /** Resolves when nothing more happens until time passes. */
  async settle(): Promise<void> {
    do await setImmediate();
    while (this.turnsUnderWay > 0);
  }

  private nextDue(end: number): Timer | undefined {
    return this.timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
  }

  private passTo(elapsed: number): void {
    this.nowMs += elapsed - this.elapsed;
    this.elapsed = elapsed;
  }
}

interface Timer {
  readonly due: number;
  readonly action: () => void;
}
