import { describe, expect, it } from '@jest/globals';
import { aLog } from '../testing/a-log.js';
import { aRuntime } from '../testing/a-runtime.js';
import { FakeDaemon } from '../testing/fake-daemon.js';
import { FakeClock } from '../testing/fake-clock.js';
import type { BacklogCount } from './backlog.js';
import type { PartHealth } from './part.js';
import { Surroundings } from './health.js';

describe('Surroundings', () => {
  it('reports a part that does not answer in time as down, since it first fell silent', async () => {
    const { surroundings, clock, start } = setup({ check: () => NEVER });
    const first = surroundings.parts();
    await clock.advance(2_000);
    const silent = {
      state: 'down',
      since: new Date(start.getTime() + 2_000),
      code: 'HEALTH_CHECK_LATE',
      text: 'No answer within 2 seconds.',
    };
    expect((await first).get('database')).toEqual(silent);
    await clock.advance(60_000);
    const later = surroundings.parts();
    await clock.advance(0);
    expect((await later).get('database')).toEqual(silent);
  });

  it('reports a part whose check fails as down, with only the code of the error', async () => {
    const error = Object.assign(new Error('Hello Ann'), { code: '28P01' });
    const { surroundings, start } = setup({ check: () => Promise.reject(error) });
    expect((await surroundings.parts()).get('database')).toEqual({
      state: 'down',
      since: start,
      code: '28P01',
      text: 'The health check failed.',
    });
  });

  it('asks each part at most once per second', async () => {
    let asked = 0;
    const check = () => {
      asked += 1;
      return Promise.resolve(UP);
    };
    const { surroundings, clock } = setup({ check });
    for (let request = 0; request < 20; request++) {
      await surroundings.parts();
      await clock.advance(100);
    }
    expect(asked).toBe(2);
  });

  it('counts the backlog at most every 5 seconds', async () => {
    const { surroundings, clock, counted } = setup();
    for (let request = 0; request < 100; request++) {
      await surroundings.backlog();
      await clock.advance(100);
    }
    expect(counted()).toBe(2);
  });

  it('waits 20 times as long as a count took before the next one, and reports the last one meanwhile', async () => {
    const { surroundings, clock, counted } = setup({ countMs: 1_500 });
    const first = surroundings.backlog();
    await clock.advance(1_500);
    expect(await first).toEqual(BACKLOG);
    await clock.advance(29_999);
    expect(await surroundings.backlog()).toEqual(BACKLOG);
    expect(counted()).toBe(1);
    await clock.advance(1);
    void surroundings.backlog();
    expect(counted()).toBe(2);
  });

  it('has no backlog while the first count is under way', async () => {
    const { surroundings, clock } = setup({ countMs: 10_000 });
    const first = surroundings.backlog();
    await clock.advance(2_000);
    expect(await first).toBeNull();
  });

  it('logs a count that fails once, and again after one that went well', async () => {
    const error = Object.assign(new Error('Hello Ann'), { code: 'STORE_UNEXPECTED' });
    let fails = true;
    const counted = () => (fails ? Promise.reject(error) : Promise.resolve(BACKLOG));
    const { surroundings, clock, lines } = setup({ counted });
    const ask = async () => {
      await clock.advance(5_000);
      return surroundings.backlog();
    };
    expect([await ask(), await ask(), surroundings.backlogFailed]).toEqual([null, null, true]);
    expect(lines()).toMatchObject([{ level: 'warn', msg: 'backlog not counted', code: 'STORE_UNEXPECTED' }]);

    fails = false;
    expect([await ask(), surroundings.backlogFailed]).toEqual([BACKLOG, false]);
    fails = true;
    expect([await ask(), surroundings.backlogFailed]).toEqual([null, true]);
    expect(lines().map(({ msg }) => msg)).toEqual([
      'backlog not counted',
      'backlog counted again',
      'backlog not counted',
    ]);
  });
});

const UP: PartHealth = { state: 'up', since: new Date('2026-11-24T11:00:00.000Z') };
const BACKLOG: BacklogCount = {
  waiting: 1,
  retrying: 0,
  error: 0,
  lapsed: 0,
  setAside: 0,
  oldestWaitingSeconds: 2,
  setAsideByMethod: {},
};
const NEVER = new Promise<never>(() => undefined);

function setup({
  check = () => Promise.resolve(UP),
  counted: source = () => Promise.resolve(BACKLOG),
  countMs = 0,
} = {}) {
  const clock = new FakeClock();
  let counted = 0;
  const count = async () => {
    counted += 1;
    if (countMs > 0) await clock.sleep(countMs);
    return source();
  };
  const { log, lines } = aLog();
  const daemon = Object.assign(new FakeDaemon(), {
    parts: [{ part: 'database', check }],
    backlog: { count },
  });
  const surroundings = new Surroundings(daemon, aRuntime({ clock, log }));
  return { surroundings, clock, start: clock.now(), counted: () => counted, lines };
}
