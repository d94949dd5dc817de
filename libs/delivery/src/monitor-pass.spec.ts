import { describe, expect, it } from '@jest/globals';
import { monitorPass } from './monitor-pass.js';
import { InMemoryMonitorStore } from './testing/index.js';

describe('monitorPass', () => {
  it('performs the tasks that have work, and no other', async () => {
    const store = new InMemoryMonitorStore({ 'create-entries': 3, 'release-retries': 2 });
    const report = await monitorPass(store, 10);
    expect(store.performed).toEqual(['create-entries', 'release-retries']);
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
    const store = new InMemoryMonitorStore({ 'mark-lapsed': 25 });
    expect(await monitorPass(store, 10)).toMatchObject({ handled: { 'mark-lapsed': 10 }, more: true });
  });

  it('keeps what was done before a task failed', async () => {
    const store = new InMemoryMonitorStore({ 'create-entries': 3, 'publish-online': 1 });
    store.failing = 'publish-online';
    await expect(monitorPass(store, 10)).rejects.toThrow('publish-online failed');
    expect(await store.pending()).toEqual(new Set(['publish-online']));
  });
});
