import { describe, expect, it } from '@jest/globals';
import { refusedAt, someFindings } from '../testing/some-findings.js';
import { summaryOf } from './summary.js';
import { targetsTable } from './targets.js';

describe('targetsTable', () => {
  it('says which targets are met, of what was measured', () => {
    const summary = summaryOf(
      someFindings(
        { plain: [2_000], serialLimit: [1_000], rsa: [1_000], files: [800, 900], filesOnly: [1_000] },
        {
          burst: { burst: 700, steady: 1_000 },
          wokenLatencyMs: { p50: 26, p99: 60 },
          idle: { cpuPercent: null, transactionsPerBeat: 1.26 },
          startMs: { wall: 600, cpu: 710 },
          refused: refusedAt(4_999.4),
        },
      ),
    );

    expect(targetsTable(summary).map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      '| figure | target | measured | met |',
      '| ------------------------ | ------------- | -------- | --- |',
      '| plainToSerialLimit | at least 1.3 | 2 | yes |',
      '| rsaToPlain | at least 0.6 | 0.5 | no |',
      '| filesToFilesOnly | at least 0.8 | 0.85 | yes |',
      '| burstToSteady | at least 0.8 | 0.7 | no |',
      '| refused.all | at least 5000 | 4999 | no |',
      '| rssMb | at most 150 | 100 | yes |',
      '| files.cpuMsPer1000 | at most 400 | 50 | yes |',
      '| files.rssMb | at most 150 | 101 | yes |',
      '| wokenLatencyMs.p50 | at most 15 | 26 | no |',
      '| idle.transactionsPerBeat | at most 1.2 | 1.3 | no |',
      '| startMs.wall | at most 600 | 600 | yes |',
      '| startMs.cpu | at most 700 | 710 | no |',
    ]);
  });
});
