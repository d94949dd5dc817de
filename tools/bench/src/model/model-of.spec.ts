import { describe, expect, it } from '@jest/globals';
import { modelOf } from './model-of.js';
import { someInputs } from './testing/some-inputs.js';

describe('modelOf', () => {
  it('counts what a load needs', () => {
    // A peak of 3,000 comms per second.
    const example = { title: '', commsPerDay: 86_400_000, distributionDays: 30, targetDays: 3 };

    const model = modelOf(someInputs(), example);

    expect(model).toMatchObject({
      mean: 1_000,
      peak: 3_000,
      replicasToQueues: 1,
      replicasToFiles: 2,
      replicasOfMonitor: 1,
      coresOfDaemons: 0.15,
      sessionsAtWork: 1,
      brokers: 1,
      coresOfBrokers: 0.5,
      growthPerDay: 86.4e9,
      disk: 86.4e6 * (600 * 30 + 400 * 3),
      walPerDay: 86.4e6 * 4_000,
      walAtPeak: 12e6,
      journalAtPeak: 3e6,
      shards: 1,
    });
    expect(model.coresOfDatabase).toBeCloseTo(0.5);
    expect(model.ofOneServer.wal).toBeCloseTo(0.12);
  });

  it('has as many shards as the part needs that is full first', () => {
    const example = { title: '', commsPerDay: 1e9, distributionDays: 90, targetDays: 3 };

    const { ofOneServer, shards } = modelOf(someInputs(), example);

    expect(ofOneServer.disk).toBeCloseTo((600 * 90 + 400 * 3) / 20_000);
    expect(shards).toBe(3);
    expect(modelOf({ ...someInputs(), w: 40_000 }, example).shards).toBe(14);
  });
});
