import { describe, expect, it } from '@jest/globals';
import { someFindings } from '../testing/some-findings.js';
import { summaryOf } from './summary.js';
import { targetsTable } from './targets.js';

describe('targetsTable', () => {
  it('says which targets are met, of what was measured', () => {
    const summary = summaryOf(someFindings({ plain: [2_000], serialLimit: [1_000], rsa: [1_000] }));

    expect(targetsTable(summary).map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      '| figure | target | measured | met |',
      '| ------------------ | ------------ | -------- | --- |',
      '| plainToSerialLimit | at least 1.3 | 2 | yes |',
      '| rsaToPlain | at least 0.6 | 0.5 | no |',
      '| rssMb | at most 150 | 100 | yes |',
    ]);
  });
});
