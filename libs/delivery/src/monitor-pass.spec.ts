import { describe, expect, it } from '@jest/globals';
import { type MonitorTask, monitorPass } from './monitor-pass.js';

describe('monitorPass', () => {
  it('performs the tasks that have work, and no other', async () => {
    const { store, performed } = setup({ 'create-entries': 3, 'release-retries': 2 });
    const report = await monitorPass(store, 10);
    expect(performed).toEqual(['create-entries', 'release-retries']);
    expect(report).toEqual({
      handled: {
        'create-entries': 3,
        'publish-online': 0,
        'release-retries': 2,
        'clear-lapsed': 0,
        'mark-lapsed': 0,
      },
      more: false,
    });
  });

  it('says that there is more when a task filled its batch', async () => {
    const { store } = setup({ 'mark-lapsed': 25 });
    expect(await monitorPass(store, 10)).toMatchObject({ handled: { 'mark-lapsed': 10 }, more: true });
  });

  it('keeps what was done before a task failed', async () => {
    const { store, work } = setup({ 'create-entries': 3, 'publish-online': Number.NaN });
    await expect(monitorPass(store, 10)).rejects.toThrow('publish-online failed');
    expect(work['create-entries']).toBe(0);
  });
});

/** @param work rows that wait, per task; NaN makes the task fail. */
function setup(work: Partial<Record<MonitorTask, number>>) {
  const performed: MonitorTask[] = [];
  const store = {
    pending: () => Promise.resolve(new Set(Object.keys(work) as MonitorTask[])),
    perform: (task: MonitorTask, limit: number) => {
      performed.push(task);
      const waiting = work[task] ?? 0;
      if (Number.isNaN(waiting)) return Promise.reject(new Error(`${task} failed`));
      const handled = Math.min(limit, waiting);
      work[task] = waiting - handled;
      return Promise.resolve(handled);
    },
  };
  return { store, performed, work };
}
