import { describe, expect, it } from '@jest/globals';
import { aConfig } from '@comms/config/testing';
import type { MonitorTask } from '@comms/monitor';
import { MonitorJob } from './monitor-job.js';
import { MonitorConfig } from './monitor.config.js';

describe('MonitorJob', () => {
  it('counts as distributed what it brought on, and not the marks of lapsed rows', async () => {
    const job = jobWith({ 'create-entries': 3, 'publish-online': 2, 'release-retries': 1, 'mark-lapsed': 7 });
    expect(await job.poll()).toEqual({ next: 'idle', distributed: 6, retried: 0, failed: 0 });
  });

  it('asks for another poll while a task fills its batch, whichever it is', async () => {
    expect(await jobWith({ 'mark-lapsed': 1000 }).poll()).toMatchObject({ next: 'more', distributed: 0 });
  });
});

function jobWith(work: Partial<Record<MonitorTask, number>>): MonitorJob {
  const store = {
    pending: () => Promise.resolve(new Set(Object.keys(work) as MonitorTask[])),
    perform: (task: MonitorTask) => Promise.resolve(work[task] ?? 0),
  };
  return new MonitorJob(store, aConfig(MonitorConfig));
}
