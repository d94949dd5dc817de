/** Something that runs by itself and can be killed or stopped for a while: one incarnation of a process. */
export class Actor {
  alive = true;
  /** Until when nothing of it happens, in milliseconds of virtual time. */
  stalledUntil = 0;

  constructor(readonly name: string) {}
}
