import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FakeClock } from '../testing/fake-clock.js';
import { type FailedCycle, Poller } from './poller.js';

describe('Poller', () => {
  it('does nothing without a beat', async () => {
    const { clock, polls } = setup();
    await clock.advance(60_000);
    expect(polls()).toBe(0);
  });

  it('pauses on trouble as on an error, and reports it unchanged', async () => {
    const { poller, clock, failed, polls } = setup({ answers: ['trouble', 'idle'] });
    poller.beat();
    await clock.settle();
    expect(failed).toMatchObject([{ causes: [{ trouble: TROUBLE }], failures: 1, pauseMs: 1_000 }]);
    expect(poller.paused).toBe(true);
    await clock.advance(1_000);
    expect(polls()).toBe(2);
  });

  it('polls once per beat while there is nothing to do', async () => {
    const { poller, clock, polls } = setup();
    poller.beat();
    await clock.settle();
    poller.beat();
    await clock.settle();
    expect(polls()).toBe(2);
  });

  it('works off a backlog in one cycle, without waiting for the next beat', async () => {
    const { poller, clock, polls, events } = setup({ answers: ['more', 'more', 'idle'] });
    poller.beat();
    await clock.settle();
    expect(polls()).toBe(3);
    expect(events).toEqual(['started', 'finished']);
  });

  it('gives the event loop a turn between two polls of a backlog', async () => {
    const { poller, clock, polls } = setup({ answers: ['more', 'idle'] });
    let pollsWhenServed = 0;
    setImmediate(() => (pollsWhenServed = polls()));
    poller.beat();
    await clock.settle();
    expect(pollsWhenServed).toBe(1);
    expect(polls()).toBe(2);
  });

  it('makes one further cycle for all beats during a cycle', async () => {
    const { poller, clock, events } = setup({ pollMs: 100 });
    poller.beat();
    await clock.advance(50);
    for (let beat = 0; beat < 5; beat++) poller.beat();
    await clock.advance(1_000);
    expect(events).toEqual(['started', 'finished', 'started', 'finished']);
  });

  it.each([1, 3])(
    'never has more than %i polls in hand, and always becomes idle again',
    async (pollsAtOnce) => {
      const step = fc.record({
        waitMs: fc.nat({ max: 300 }),
        answer: fc.constantFrom('more', 'idle', 'fail' as const),
        pollMs: fc.nat({ max: 200 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
          const script = [...steps];
          const { poller, clock, mostAtATime, polls } = setup({
            next: () => script.shift() ?? { answer: 'idle', pollMs: 0 },
            pollsAtOnce,
          });
          for (const { waitMs } of steps) {
            poller.beat();
            await clock.advance(waitMs);
          }
          await clock.advance(60_000);
          const before = polls();
          poller.beat();
          await clock.advance(60_000);
          expect(mostAtATime()).toBeLessThanOrEqual(pollsAtOnce);
          expect(polls()).toBeGreaterThan(before);
          expect(poller.paused).toBe(false);
        }),
        { numRuns: 100 },
      );
    },
  );

  it('polls once more at each beat while a poll takes long, and ends the cycle with it', async () => {
    const script = [{ answer: 'idle' as const, pollMs: 30_000 }];
    const { poller, clock, polls, events, mostAtATime } = setup({
      next: () => script.shift() ?? { answer: 'idle', pollMs: 0 },
      pollsAtOnce: 3,
    });
    poller.beat();
    for (let second = 1; second <= 5; second += 1) {
      await clock.advance(1_001);
      poller.beat();
    }
    await clock.settle();
    expect(polls()).toBe(6);
    expect(mostAtATime()).toBe(2);
    expect(events).toEqual(['started']);
    await clock.advance(30_000);
    expect(events.slice(0, 2)).toEqual(['started', 'finished']);
  });

  describe('when a poll fails', () => {
    it('pauses, doubling with each failure in a row up to the limit', async () => {
      const { poller, clock, failed } = setup({ next: () => ({ answer: 'fail' }) });
      poller.beat();
      await clock.advance(100_000);
      expect(failed.slice(0, 6).map(({ pauseMs }) => pauseMs)).toEqual([
        1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
      ]);
      expect(failed.slice(0, 3).map(({ failures }) => failures)).toEqual([1, 2, 3]);
    });

    it('does nothing on beats in the pause', async () => {
      const { poller, clock, polls } = setup({ answers: ['fail'] });
      poller.beat();
      await clock.settle();
      for (let beat = 0; beat < 9; beat++) {
        await clock.advance(100);
        poller.beat();
      }
      expect(poller.paused).toBe(true);
      expect(polls()).toBe(1);
    });

    it('tries again by itself at the end of the pause', async () => {
      const { poller, clock, polls } = setup({ answers: ['fail', 'idle'] });
      poller.beat();
      await clock.advance(999);
      expect(polls()).toBe(1);
      await clock.advance(1);
      expect(polls()).toBe(2);
      expect(poller.paused).toBe(false);
    });

    it('pauses as briefly as at first after a poll that ended well', async () => {
      const { poller, clock, failed } = setup({ answers: ['fail', 'fail', 'more', 'fail', 'idle'] });
      poller.beat();
      await clock.advance(10_000);
      expect(failed.map(({ pauseMs }) => pauseMs)).toEqual([1_000, 2_000, 1_000]);
      expect(poller.failuresInARow).toBe(0);
    });

    it('shortens the pause at random', async () => {
      const { poller, clock, failed } = setup({ answers: ['fail'], random: 0.5 });
      poller.beat();
      await clock.settle();
      expect(failed[0]?.pauseMs).toBe(750);
    });

    it('hands the error to its observer and forgets beats from before the failure', async () => {
      const { poller, clock, failed, polls } = setup({ answers: ['fail'], pollMs: 100 });
      poller.beat();
      await clock.advance(50);
      poller.beat();
      await clock.advance(500);
      expect(failed[0]).toMatchObject({ causes: [{ error: new Error('poll failed') }], durationMs: 100 });
      expect(polls()).toBe(1);
    });
  });

  describe('stop', () => {
    it('resolves when the poll in hand has ended, and takes no new one', async () => {
      const { poller, clock, polls } = setup({ next: () => ({ answer: 'more', pollMs: 100 }) });
      poller.beat();
      await clock.advance(50);
      let stopped = false;
      const stopping = poller.stop().then(() => (stopped = true));
      await clock.advance(49);
      expect(stopped).toBe(false);
      await clock.advance(1);
      await stopping;
      poller.beat();
      await clock.advance(60_000);
      expect(polls()).toBe(1);
    });

    it('resolves at once in a pause, and ends the pause for good', async () => {
      const { poller, clock, polls } = setup({ answers: ['fail'] });
      poller.beat();
      await clock.settle();
      await poller.stop();
      await clock.advance(60_000);
      expect(polls()).toBe(1);
      expect(poller.paused).toBe(false);
    });

    it('resolves when the poll in hand fails, and does not pause', async () => {
      const { poller, clock, failed } = setup({ answers: ['fail'], pollMs: 100 });
      poller.beat();
      await clock.advance(50);
      const stopping = poller.stop();
      await clock.advance(50);
      await stopping;
      expect(failed).toHaveLength(1);
      expect(poller.paused).toBe(false);
    });

    it('gives up on a poll that does not end within the limit', async () => {
      const { poller, clock } = setup({ pollMs: 100 });
      poller.beat();
      const inTime = poller.stopWithin(99);
      await clock.advance(99);
      expect(await inTime).toBe(false);
      const second = poller.stopWithin(99);
      await clock.advance(99);
      expect(await second).toBe(true);
    });

    it('may be called twice', async () => {
      const { poller, clock } = setup({ pollMs: 100 });
      poller.beat();
      const both = Promise.all([poller.stop(), poller.stop()]);
      await clock.advance(100);
      await expect(both).resolves.toBeDefined();
    });
  });

  describe('with several polls at a time', () => {
    it('looks for work with one poll, and works off a backlog with all of them', async () => {
      const { poller, clock, polls, mostAtATime } = setup({
        next: () => ({ answer: 'more', pollMs: 100 }),
        pollsAtOnce: 3,
      });
      poller.beat();
      await clock.advance(99);
      expect(polls()).toBe(1);
      await clock.advance(1);
      expect(polls()).toBe(4);
      await clock.advance(100);
      expect(polls()).toBe(7);
      expect(mostAtATime()).toBe(3);
    });

    it('ends the cycle when one finds nothing more, and all in hand have ended', async () => {
      const script: Step[] = [
        { answer: 'more' },
        { answer: 'more', pollMs: 100 },
        { answer: 'idle', pollMs: 50 },
      ];
      const { poller, clock, polls, events } = setup({
        next: () => script.shift() ?? { answer: 'more', pollMs: 500 },
        pollsAtOnce: 2,
      });
      poller.beat();
      await clock.advance(99);
      expect(events).toEqual(['started']);
      await clock.advance(1);
      expect(events).toEqual(['started', 'finished']);
      expect(polls()).toBe(3);
    });

    it('fails once for all that fail together, and starts again with one', async () => {
      const script: Step[] = [
        { answer: 'more' },
        { answer: 'fail', pollMs: 50 },
        { answer: 'fail', pollMs: 100 },
      ];
      const { poller, clock, polls, failed } = setup({
        next: () => script.shift() ?? { answer: 'idle' },
        pollsAtOnce: 2,
      });
      poller.beat();
      await clock.advance(100);
      expect(failed).toMatchObject([
        { causes: [{ error: new Error('poll failed') }, { error: new Error('poll failed') }] },
      ]);
      expect(failed).toMatchObject([{ failures: 1, pauseMs: 1_000 }]);
      await clock.advance(1_000);
      expect(polls()).toBe(4);
    });

    it('stops when all in hand have ended', async () => {
      const { poller, clock, polls } = setup({
        next: () => ({ answer: 'more', pollMs: 100 }),
        pollsAtOnce: 3,
      });
      poller.beat();
      await clock.advance(150);
      const inTime = poller.stopWithin(50);
      await clock.advance(50);
      expect(await inTime).toBe(true);
      await clock.advance(60_000);
      expect(polls()).toBe(4);
    });
  });

  it('is stuck while a poll takes longer than it may', async () => {
    const { poller, clock } = setup({ pollMs: 60_002 });
    expect(poller.stuck).toBe(false);
    poller.beat();
    await clock.advance(60_000);
    expect(poller.stuck).toBe(false);
    await clock.advance(1);
    expect(poller.stuck).toBe(true);
    await clock.advance(1);
    expect(poller.stuck).toBe(false);
  });
});

const TROUBLE = { code: 'BROKER_DOWN', text: 'No broker.' };

interface Step {
  readonly answer: 'more' | 'idle' | 'trouble' | 'fail';
  readonly pollMs?: number;
}

interface Script {
  /** One answer per poll, then `idle`. */
  readonly answers?: Step['answer'][];
  readonly pollMs?: number;
  /** What each poll does, instead of `answers`. */
  readonly next?: () => Step;
  readonly random?: number;
  readonly pollsAtOnce?: number;
}

function setup({ answers = [], pollMs = 0, next, random = 0, pollsAtOnce = 1 }: Script = {}) {
  const clock = new FakeClock();
  const events: string[] = [];
  const failed: FailedCycle[] = [];
  let polls = 0;
  let atATime = 0;
  let mostAtATime = 0;
  const step = next ?? (() => ({ answer: answers.shift() ?? 'idle', pollMs }));
  const poll = async () => {
    polls += 1;
    mostAtATime = Math.max(mostAtATime, ++atATime);
    const { answer, pollMs: durationMs = 0 } = step();
    if (durationMs > 0) await clock.sleep(durationMs);
    atATime -= 1;
    if (answer === 'fail') throw new Error('poll failed');
    return answer === 'trouble' ? TROUBLE : answer;
  };
  const observer = {
    cycleStarted: () => events.push('started'),
    cycleFinished: () => events.push('finished'),
    cycleFailed: (cycle: FailedCycle) => {
      events.push('failed');
      failed.push(cycle);
    },
  };
  const backOff = { initialMs: 1_000, maxMs: 10_000 };
  const pacing = { backOff, clock, random: () => random, stuckAfterMs: 60_000, pollsAtOnce };
  const poller = new Poller(poll, observer, pacing);
  return { poller, clock, events, failed, polls: () => polls, mostAtATime: () => mostAtATime };
}
