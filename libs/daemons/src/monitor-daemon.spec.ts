import { describe, expect, it } from '@jest/globals';
import type { MonitorStore, MonitorTask } from '@comms/delivery';
import { monitorPoll } from './monitor-daemon.js';

describe('monitorPoll', () => {
  it('counts as distributed the rows that it moved, and not the marks of lapsed rows', async () => {
    const handled = { 'create-entries': 3, 'publish-online': 2, 'release-retries': 1, 'mark-lapsed': 7 };
    expect(await monitorPoll(storeWith(handled), 1000)).toEqual({
      next: 'idle',
      distributed: 6,
      retried: 0,
      failed: 0,
    });
  });

  it('asks for another poll while a task fills its batch, whichever it is', async () => {
    expect(await monitorPoll(storeWith({ 'mark-lapsed': 1000 }), 1000)).toMatchObject({
      next: 'more',
      distributed: 0,
    });
  });
});

function storeWith(work: Partial<Record<MonitorTask, number>>): MonitorStore {
  return {
    pending: () => Promise.resolve(new Set(Object.keys(work) as MonitorTask[])),
    perform: (task: MonitorTask) => Promise.resolve(work[task] ?? 0),
  };
}
