import { afterEach, describe, expect, it } from '@jest/globals';
import { SchedulerRegistry } from '@nestjs/schedule';
import { eventually } from '../testing/eventually.js';
import { registerSchedule } from './register-schedule.js';

describe('registerSchedule', () => {
  const registry = new SchedulerRegistry();
  afterEach(() => {
    for (const name of registry.getIntervals()) registry.deleteInterval(name);
    for (const name of [...registry.getCronJobs().keys()]) registry.deleteCronJob(name);
  });

  it('beats at once and then at every interval', async () => {
    const { beat, beats } = setup();
    registerSchedule(registry, { name: 'job', schedule: { kind: 'interval', everyMs: 10 }, beat });
    expect(beats()).toBe(1);
    await eventually(() => beats() >= 3);
    expect(registry.getIntervals()).toEqual(['job']);
  });

  it('beats when a cron expression comes due', async () => {
    const { beat, beats } = setup();
    registerSchedule(registry, { name: 'job', schedule: { kind: 'cron', expression: '* * * * * *' }, beat });
    await eventually(() => beats() >= 2);
    expect(registry.doesExist('cron', 'job')).toBe(true);
  });

  it('does not beat before a cron expression comes due', () => {
    const { beat, beats } = setup();
    registerSchedule(registry, { name: 'job', schedule: { kind: 'cron', expression: '0 0 29 2 *' }, beat });
    expect(beats()).toBe(0);
  });
});

function setup() {
  let beats = 0;
  const beat = () => {
    beats += 1;
  };
  return { beat, beats: () => beats };
}
