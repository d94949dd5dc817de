import { describe, expect, it } from '@jest/globals';
import { aConfig, aConfiguration } from '@comms/config/testing';
import { ExtractConfig } from '@comms/delivery-daemon';
import { DatasourceConfig } from '@comms/distribution-store';
import { checkPoolSize } from './check-pool-size.js';

describe('checkPoolSize', () => {
  it('lets the defaults pass, with a wake-up too', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ wakeUp: true })).toEqual([]);
  });

  it.each([
    [6, { batchesInHand: 3 }, []],
    [5, { batchesInHand: 3 }, ['6 or more']],
    [6, { batchesInHand: 3, wakeUp: true }, ['7 or more']],
    [4, { batchesInHand: 1 }, []],
    [10, { batchesInHand: 8 }, ['11 or more']],
  ])('of a pool of %i for %o tells %o', (poolSize, extract, expected) => {
    expect(faults(extract, { poolSize }).map(({ allowed }) => allowed)).toEqual(expected);
  });

  it('names all that needs a connection', () => {
    expect(faults({ wakeUp: true }, { poolSize: 3 })).toEqual([
      {
        key: 'comms.datasource.pool-size',
        problem:
          'is too small for comms.sms.monitor.extract.batches-in-hand=3 and comms.sms.monitor.extract.wake-up=true',
        allowed: '7 or more',
      },
    ]);
  });
});

function faults(extract: Partial<ExtractConfig>, datasource: Partial<DatasourceConfig> = {}) {
  const prefix = 'comms.sms.monitor';
  const sections = [aConfig(ExtractConfig, extract, prefix), aConfig(DatasourceConfig, datasource)];
  return checkPoolSize(aConfiguration(sections, prefix));
}
