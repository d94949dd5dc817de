import { describe, expect, it } from '@jest/globals';

import { nearestKey } from './nearest-key.js';

const KNOWN = ['comms.health.port', 'comms.monitor.schedule', 'comms.monitor.batch-size', 'comms.broker.url'];

describe('nearestKey', () => {
  it.each([
    ['a letter that is missing', 'comms.helth.port', 'comms.health.port'],
    ['a letter too many', 'comms.broker.urll', 'comms.broker.url'],
    ['a wrong letter', 'comms.monitor.batch_size', 'comms.monitor.batch-size'],
    ['two letters that changed places', 'comms.monitor.shcedule', 'comms.monitor.schedule'],
    ['another case', 'comms.Broker.URL', 'comms.broker.url'],
    ['nothing in common', 'x', 'comms.broker.url'],
  ])('finds the key behind %s', (_what, key, nearest) => {
    expect(nearestKey(key, KNOWN)).toBe(nearest);
  });

  it('finds nothing among no keys', () => {
    expect(nearestKey('comms.health.port', [])).toBeUndefined();
  });
});
