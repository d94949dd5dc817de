import { describe, expect, it } from '@jest/globals';
import { InMemoryMonitorStore } from '@comms/delivery/testing';
import { monitorPoll } from './monitor-poll.js';

describe('monitorPoll', () => {
  it('counts as distributed the rows that it moved, and not the marks of lapsed rows', async () => {
    const handled = { 'create-entries': 3, 'publish-online': 2, 'release-retries': 1, 'mark-lapsed': 7 };
    expect(await monitorPoll(new InMemoryMonitorStore(handled), 1000)).toEqual({
      next: 'idle',
      distributed: 6,
      retried: 0,
      failed: 0,
    });
  });

  it('asks for another poll while a task fills its batch, whichever it is', async () => {
    expect(await monitorPoll(new InMemoryMonitorStore({ 'mark-lapsed': 1000 }), 1000)).toMatchObject({
      next: 'more',
      distributed: 0,
    });
  });
});
