import { describe, expect, it } from '@jest/globals';
import { someFindings } from '../testing/some-findings.js';
import { summaryOf } from './summary.js';

describe('summaryOf', () => {
  it('has every key, and null for what was not measured', () => {
    expect(summaryOf(someFindings({}))).toEqual({
      ok: true,
      against: null,
      rowsPerSecond: {
        plain: null,
        plainLarge: null,
        symmetric: null,
        rsa: null,
        files: null,
        replicas2: null,
        replicas4: null,
        claimOnly: null,
        brokerOnly: null,
        brokerOnly2: null,
        filesOnly: null,
        serialLimit: null,
        rowAtATime: null,
        graphileWorker: null,
        graphileWorkerTuned: null,
        pgBoss: null,
        pgBossTuned: null,
        pgTransactionalOutbox: null,
        camel: null,
      },
      ratios: {
        plainToSerialLimit: null,
        plainToRowAtATime: null,
        plainToGraphileWorker: null,
        plainToPgBoss: null,
        plainToPgBossTuned: null,
        plainToPgTransactionalOutbox: null,
        plainToCamel: null,
        symmetricToPlain: null,
        rsaToPlain: null,
        filesToFilesOnly: null,
        replicas2ToPlain: null,
        replicas4ToPlain: null,
      },
      rssMb: null,
      files: null,
      latencyMs: null,
      mergedLatencyMs: null,
      wokenLatencyMs: null,
      followUpCost: null,
      network: null,
      priorityLatency: null,
      burst: null,
      idle: null,
      startMs: null,
      wakeUpCost: null,
      refused: null,
      profile: null,
      capacity: null,
    });
  });

  it('compares medians, and has the highest memory of only the plain daemon', () => {
    const latencyMs = { p50: 500, p99: 1_000 };
    const findings = someFindings({ plain: [900, 8_000, 9_100.4], serialLimit: [4_000] }, { latencyMs });

    expect(summaryOf(findings)).toMatchObject({
      ok: true,
      against: null,
      rowsPerSecond: { plain: 8_000, serialLimit: 4_000 },
      ratios: { plainToSerialLimit: 2, plainToRowAtATime: null },
      rssMb: 102,
      latencyMs,
    });
  });

  it('takes the better variant of pg-boss', () => {
    const findings = someFindings({
      plain: [9_000],
      pgBossTuned500: [4_000, 9_000, 1],
      pgBossTuned2000: [6_000],
    });

    expect(summaryOf(findings)).toMatchObject({
      rowsPerSecond: { pgBossTuned: 6_000 },
      ratios: { plainToPgBossTuned: 1.5 },
    });
  });

  it('reports what the triggers cost as rates, and as a share of the rate without them', () => {
    const cost = (without: number, woken: number) => ({ without: flat(without), with: flat(woken) });
    const wakeUpCost = {
      oneSession: cost(1_000.4, 900),
      eightSessions: cost(4_000, 1_333),
      thousandRows: cost(50_000, 50_000),
    };

    expect(summaryOf(someFindings({}, { wakeUpCost })).wakeUpCost).toEqual({
      oneSession: { without: 1_000, with: 900, ratio: 0.9 },
      eightSessions: { without: 4_000, with: 1_333, ratio: 0.33 },
      thousandRows: { without: 50_000, with: 50_000, ratio: 1 },
    });
  });

  it('is not ok, and has no rate, where a round has failed', () => {
    expect(summaryOf(someFindings({ plain: [], rsa: [100] }))).toMatchObject({
      ok: false,
      rowsPerSecond: { plain: null, rsa: 100 },
      ratios: { rsaToPlain: null },
    });
    expect(summaryOf(someFindings({}, { faults: ['latency: not within 30 s'] }))).toMatchObject({
      ok: false,
    });
  });
});

/** The same in every round. */
function flat(rate: number) {
  return { median: rate, min: rate, max: rate };
}
