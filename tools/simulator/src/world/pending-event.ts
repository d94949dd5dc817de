import type { Actor } from './actor.js';

/** Something that is going to happen. */
export interface PendingEvent {
  time: number;
  /** Orders events of the same time. */
  order: number;
  readonly actor: Actor;
  readonly action: () => void;
  cancelled: boolean;
}
