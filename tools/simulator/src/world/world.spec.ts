import { describe, expect, it } from '@jest/globals';
import { Actor } from './events.js';
import { Random } from './random.js';
import { World } from './world.js';

describe('World', () => {
  it('does what is due in the order of time, then of the requests', async () => {
    const { world, actor, seen, does } = setup();
    world.after(actor, 5, does('late'));
    world.after(actor, 1, does('first'));
    world.after(actor, 1, does('second'));
    await world.run(10, () => false);
    expect(seen).toEqual(['1 first', '1 second', '5 late']);
  });

  it('lets all promises settle between two steps', async () => {
    const { world, actor, seen, does } = setup();
    world.after(actor, 1, () => {
      void chain(50).then(does('settled'));
    });
    world.after(actor, 1, does('next'));
    await world.run(10, () => false);
    expect(seen).toEqual(['1 settled', '1 next']);
  });

  it('keeps what is beyond its limit for the next run', async () => {
    const { world, actor, seen, does } = setup();
    world.after(actor, 20, does('later'));
    await world.run(10, () => false);
    expect(seen).toEqual([]);
    await world.run(30, () => false);
    expect(seen).toEqual(['20 later']);
  });

  it('does nothing more of the dead, and puts off what the stalled have to do', async () => {
    const { world, actor, seen, does } = setup();
    const dead = new Actor('dead');
    dead.alive = false;
    actor.stalledUntil = 8;
    world.after(dead, 1, does('of the dead'));
    world.after(actor, 2, does('a'));
    world.after(actor, 3, does('b'));
    await world.run(10, () => false);
    expect(seen).toEqual(['8 a', '8 b']);
  });

  it('ends at the first broken promise; an exception counts as one', async () => {
    const { world, actor, seen, does } = setup();
    world.after(actor, 1, () => {
      throw new Error('defect');
    });
    world.after(actor, 2, does('later'));
    await world.run(10, () => false);
    expect(world.violation).toEqual({ promise: 'no exception escapes', seen: 'actor: Error: defect' });
    expect(seen).toEqual([]);
  });
});

async function chain(length: number): Promise<void> {
  for (let i = 0; i < length; i++) await Promise.resolve();
}

function setup() {
  const world = new World(new Random(1));
  const seen: string[] = [];
  const does = (what: string) => () => {
    seen.push(`${world.now} ${what}`);
  };
  return { world, actor: new Actor('actor'), seen, does };
}
