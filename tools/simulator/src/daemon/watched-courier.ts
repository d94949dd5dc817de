import type { Courier, CourierCondition, OutboundMessage, PutOutcome } from '@comms/delivery';
import type { Checker } from '../check/checker.js';
import type { Actor } from '../world/events.js';
import type { World } from '../world/world.js';

export interface Watch {
  readonly world: World;
  readonly actor: Actor;
  readonly checker: Checker;
  /** How long a put may take; undefined where no limit is promised. */
  readonly longestPutMs: number | undefined;
}

/** A courier whose puts the checker sees. */
export class WatchedCourier implements Courier {
  readonly replacesRepeats: boolean;

  constructor(
    private readonly courier: Courier,
    private readonly watch: Watch,
  ) {
    this.replacesRepeats = courier.replacesRepeats;
  }

  async put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]> {
    const { world, actor, checker } = this.watch;
    checker.putting(messages, actor);
    const started = world.now;
    const outcomes = await this.courier.put(messages);
    world.note(actor, `put: ${outcomes.map(textOf).join()}`);
    this.judgeDuration(started);
    return outcomes;
  }

  condition(): CourierCondition {
    return this.courier.condition();
  }

  prepare(): Promise<void> {
    return this.courier.prepare();
  }

  stop(): Promise<void> {
    return this.courier.stop();
  }

  /** A process that was stopped meanwhile does not count. */
  private judgeDuration(started: number): void {
    const { world, actor, longestPutMs = Infinity } = this.watch;
    const took = world.now - started;
    if (took > longestPutMs + TOLERANCE_MS && actor.stalledUntil < started)
      world.broken('a put settles within its limit', `${Math.round(took)} ms`);
  }
}

/** Steps of the world in between. */
const TOLERANCE_MS = 50;

function textOf(outcome: PutOutcome): string {
  return 'code' in outcome ? `${outcome.kind} ${outcome.code}` : outcome.kind;
}
