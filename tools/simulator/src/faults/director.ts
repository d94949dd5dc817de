import { FAULTS_BEGIN_UNTIL_MS } from './draw-faults.js';
import type { Fault, FaultKind, Moment } from './fault.js';
import type { System } from './system.js';
import { strike } from './strike.js';

/** Lets each fault strike at its moment, and end. */
export class Director {
  readonly struck: FaultKind[] = [];
  private armed: Fault[] = [];
  private lastEnd = 0;

  constructor(private readonly system: System) {}

  play(faults: readonly Fault[]): void {
    const { world, director } = this.system;
    for (const fault of faults)
      world.after(director, fault.at, () => {
        if (fault.moment === undefined) this.strike(fault);
        else this.armed.push(fault);
      });
  }

  /** Something happens for which faults may wait. */
  readonly moment = (moment: Moment): void => {
    if (this.armed.length === 0) return;
    const { world, director } = this.system;
    if (world.now > FAULTS_BEGIN_UNTIL_MS) return;
    const due = this.armed.filter((fault) => fault.moment === moment);
    if (due.length === 0) return;
    this.armed = this.armed.filter((fault) => fault.moment !== moment);
    for (const fault of due)
      world.after(director, fault.delayMs, () => {
        this.strike(fault);
      });
  };

  /** Whether no fault is under way and none comes. */
  get over(): boolean {
    const { now } = this.system.world;
    return now > FAULTS_BEGIN_UNTIL_MS + LAST_DELAY_MS && now > this.lastEnd;
  }

  private strike(fault: Fault): void {
    const { world, director, checker } = this.system;
    this.struck.push(fault.kind);
    checker.struck();
    world.note(director, `FAULT ${fault.kind} for ${fault.lengthMs.toFixed(0)} ms`);
    this.lastEnd = Math.max(this.lastEnd, world.now + 2 * fault.lengthMs);
    const end = strike(this.system, fault);
    if (end === undefined) return;
    world.after(director, fault.lengthMs, () => {
      world.note(director, `end of ${fault.kind}`);
      end();
    });
  }
}

const LAST_DELAY_MS = 10;
