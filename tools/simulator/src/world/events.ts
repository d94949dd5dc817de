/** Something that runs by itself and can be killed or stopped for a while: one incarnation of a process. */
export class Actor {
  alive = true;
  /** Until when nothing of it happens, in milliseconds of virtual time. */
  stalledUntil = 0;

  constructor(readonly name: string) {}
}

/** Something that is going to happen. */
export interface PendingEvent {
  time: number;
  /** Orders events of the same time. */
  order: number;
  readonly actor: Actor;
  readonly action: () => void;
  cancelled: boolean;
}

/** Events by time, and by order where the time is the same: a binary heap. */
export class EventQueue {
  private readonly heap: PendingEvent[] = [];

  push(event: PendingEvent): void {
    const heap = this.heap;
    let place = heap.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, event)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = event;
  }

  /** The first event, taken out. */
  pop(): PendingEvent | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (last !== undefined && last !== first) this.sink(last);
    return first;
  }

  private sink(event: PendingEvent): void {
    const heap = this.heap;
    let place = 0;
    for (;;) {
      const child = this.earlierChild(place);
      const below = heap[child];
      if (below === undefined || isBefore(event, below)) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = event;
  }

  private earlierChild(place: number): number {
    const left = this.heap[2 * place + 1];
    const right = this.heap[2 * place + 2];
    return left !== undefined && right !== undefined && isBefore(right, left) ? 2 * place + 2 : 2 * place + 1;
  }
}

function isBefore(a: PendingEvent, b: PendingEvent): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
