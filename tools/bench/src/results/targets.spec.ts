import { describe, expect, it } from '@jest/globals';
import { refusedAt, someFindings } from '../testing/some-findings.js';
import { summaryOf } from './summary.js';
import { targetsTable } from './targets.js';

describe('targetsTable', () => {
  it('says which targets are met, of what was measured', () => {
    const summary = summaryOf(
      someFindings(
        { plain: [2_000], serialLimit: [1_000], rsa: [1_000] },
        {
          wokenLatencyMs: { p50: 25.6, p99: 60 },
          idle: { cpuPercent: null, transactionsPerBeat: 1.26 },
          refused: refusedAt(4_999.4),
        },
      ),
    );

    expect(targetsTable(summary).map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      '| figure | target | measured | met |',
      '| ------------------------ | ------------- | -------- | --- |',
      '| plainToSerialLimit | at least 1.3 | 2 | yes |',
      '| rsaToPlain | at least 0.6 | 0.5 | no |',
      '| refused.all | at least 5000 | 4999 | no |',
      '| rssMb | at most 150 | 100 | yes |',
      '| wokenLatencyMs.p50 | at most 25 | 26 | no |',
      '| idle.transactionsPerBeat | at most 2 | 1.3 | yes |',
    ]);
  });
});
