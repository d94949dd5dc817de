import type { Unit } from './unit.js';

/**
 * What becomes of a unit.
 * - `pass`: it goes on.
 * - `reset`: it is lost with all behind it, and both sides of its connection get a TCP reset.
 */
export type Fate = 'pass' | 'reset';

/** A unit that waits in the proxy, with all that comes behind it in its direction, for its fate. */
export class Hold {
  /** Resolves when the unit has come. */
  readonly reached: Promise<Unit>;
  readonly fate: Promise<Fate>;
  #reach!: (unit: Unit) => void;
  #decide!: (fate: Fate) => void;

  constructor() {
    this.reached = new Promise((resolve) => (this.#reach = resolve));
    this.fate = new Promise((resolve) => (this.#decide = resolve));
  }

  take(unit: Unit): Promise<Fate> {
    this.#reach(unit);
    return this.fate;
  }

  release(fate: Fate = 'pass'): void {
    this.#decide(fate);
  }
}
