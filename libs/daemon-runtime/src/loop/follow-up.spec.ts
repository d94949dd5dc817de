import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../testing/fake-clock.js';
import { FollowUp } from './follow-up.js';
import { parseSchedule } from './schedule.js';

describe('FollowUp', () => {
  it('looks again soon after rows were found, and as long as more are found', async () => {
    const { looks, at, followUp } = setup('1s');
    followUp.cycleEnded({ foundRows: true });
    await at(10);
    expect(looks).toEqual([10]);
    followUp.cycleEnded({ foundRows: true });
    await at(20);
    expect(looks).toEqual([10, 20]);
  });

  it('waits twice as long after each look that finds nothing, and leaves the rest to the schedule', async () => {
    const { looks, at, followUp } = setup('100ms', () => {
      followUp.cycleEnded({ foundRows: false });
    });
    followUp.cycleEnded({ foundRows: true });
    await at(10_000);
    expect(looks).toEqual([10, 30, 70, 150]);
  });

  it('does nothing before rows were found', async () => {
    const { looks, at, followUp } = setup('1s');
    followUp.cycleEnded({ foundRows: false });
    await at(10_000);
    expect(looks).toEqual([]);
  });

  it.each(['6s', '10m', '*/5 * * * * *', '@hourly'])('leaves it to a schedule of %s', async (schedule) => {
    const { looks, at, followUp } = setup(schedule);
    followUp.cycleEnded({ foundRows: true });
    await at(10_000);
    expect(looks).toEqual([]);
  });

  it('has at most one look ahead, and none once it is stopped', async () => {
    const { looks, at, followUp } = setup('5s');
    followUp.cycleEnded({ foundRows: true });
    followUp.cycleEnded({ foundRows: true });
    await at(10);
    expect(looks).toEqual([10]);
    followUp.cycleEnded({ foundRows: true });
    followUp.stop();
    await at(10_000);
    expect(looks).toEqual([10]);
  });
});

/** `looks` are the moments at which a cycle was asked for; `at` lets time go on to a moment. */
function setup(text: string, onLook: () => void = () => undefined) {
  const schedule = parseSchedule(text);
  if ('problem' in schedule) throw new Error(schedule.problem);
  const clock = new FakeClock();
  const start = clock.elapsedMs();
  const now = () => clock.elapsedMs() - start;
  const looks: number[] = [];
  const followUp = new FollowUp(schedule.value, clock, () => {
    looks.push(now());
    onLook();
  });
  return { looks, at: (ms: number) => clock.advance(ms - now()), followUp };
}
