import { describe, expect, it } from '@jest/globals';
import type { TimeExclusionMode } from '@comms/distribution';
import { migratedSuite } from '../testing/index.js';
import { BacklogCounter } from './backlog-counter.js';

const suite = migratedSuite('spec');
const { insert } = suite;

const count = (mode: TimeExclusionMode = 'send-before') =>
  new BacklogCounter(suite.database, { schema: 'public', mode, methods: ['SMS', 'PUSH'] }).count();
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

describe('the backlog', () => {
  it('is zero on an empty table', async () => {
    expect(await count()).toEqual({
      waiting: 0,
      retrying: 0,
      error: 0,
      lapsed: 0,
      setAside: 0,
      oldestWaitingSeconds: 0,
      setAsideByMethod: { SMS: 0, PUSH: 0 },
    });
  });

  it('counts the rows of its methods by state, and no other', async () => {
    for (const deliveryMethod of ['SMS', 'PUSH', 'EXTERNAL', 'EMAIL']) {
      await insert({ deliveryMethod });
      await insert({ deliveryMethod, lapsedDateTime: ago(1) });
      for (const distributionStatus of ['A', 'S', 'P', 'R', 'E', 'E']) {
        await insert({ deliveryMethod, distributionStatus });
      }
    }
    expect(await count()).toMatchObject({ waiting: 2, retrying: 2, error: 4, lapsed: 2 });
  });

  it('counts rows that are set aside by method, and not as waiting', async () => {
    const old = { createdDateTime: ago(300) };
    for (const deliveryMethod of ['SMS', 'SMS', 'PUSH', 'EXTERNAL']) {
      const id = await insert({ deliveryMethod, ...old });
      await suite.client.query(
        `INSERT INTO comms_set_aside VALUES ($1, $2, true, 'C', 't', now(), now(), 'spec', 'spec')`,
        [id, deliveryMethod],
      );
    }
    await insert();
    const backlog = await count();
    expect(backlog).toMatchObject({ waiting: 1, setAside: 3, setAsideByMethod: { SMS: 2, PUSH: 1 } });
    expect(backlog.oldestWaitingSeconds).toBeLessThan(60);
  });

  it('reports the age of the oldest row, whatever its priority', async () => {
    await insert({ priority: 1, createdDateTime: ago(10) });
    await insert({ priority: 3, createdDateTime: ago(300), deliveryMethod: 'PUSH' });
    await insert({ priority: 2, createdDateTime: ago(20) });
    await insert({ createdDateTime: ago(900), distributionStatus: 'E' });
    expect(Math.round((await count()).oldestWaitingSeconds / 10)).toBe(30);
  });

  it('has no age for rows that may not be sent now', async () => {
    await insert({ createdDateTime: ago(300), timeExclusion: ago(1) });
    await insert({ createdDateTime: ago(300), lapsedDateTime: ago(1) });
    expect((await count()).oldestWaitingSeconds).toBe(0);
    await insert({ createdDateTime: ago(300), timeExclusion: ago(-60) });
    expect((await count('send-after')).oldestWaitingSeconds).toBeLessThan(10);
  });

  it('counts from when a row became due, in mode send-after', async () => {
    await insert({ createdDateTime: ago(9000), timeExclusion: ago(100) });
    expect(Math.round((await count('send-after')).oldestWaitingSeconds / 10)).toBe(10);
  });

  const IMPOSSIBLE = ['-infinity', 'infinity', '9999-12-31', '4714-11-24 BC', '294276-12-31'];

  it.each(IMPOSSIBLE)('is counted with %s as the time at which the first row was created', async (time) => {
    await insert({ createdDateTime: time });
    for (const mode of ['send-before', 'send-after'] as const) {
      const { waiting, oldestWaitingSeconds } = await count(mode);
      expect(waiting).toBe(1);
      expect(Number.isFinite(oldestWaitingSeconds)).toBe(true);
      expect(oldestWaitingSeconds).toBeGreaterThanOrEqual(0);
    }
  });

  it.each(['-infinity', 'infinity', '9999-12-31'])(
    'has the age of the next row after one that was created at %s',
    async (time) => {
      await insert({ createdDateTime: time });
      await insert({ createdDateTime: ago(300) });
      expect(Math.round((await count()).oldestWaitingSeconds / 10)).toBe(30);
    },
  );

  it.each(IMPOSSIBLE)('is counted with %s in every other time of a row', async (time) => {
    const other = { timeExclusion: time, sentDateTime: time, publishedDateTime: time, retryDateTime: time };
    for (const distributionStatus of ['D', 'R', 'E']) {
      await insert({ distributionStatus, createdDateTime: ago(300), ...other });
    }
    await insert({ createdDateTime: ago(300), lapsedDateTime: time });
    for (const mode of ['send-before', 'send-after'] as const) {
      const { oldestWaitingSeconds, ...counts } = await count(mode);
      expect(counts).toMatchObject({ waiting: 1, retrying: 1, error: 1, lapsed: 1 });
      expect(oldestWaitingSeconds).toBeLessThan(310);
      expect(oldestWaitingSeconds).toBeGreaterThanOrEqual(0);
    }
  });
});
