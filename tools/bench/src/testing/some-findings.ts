import { EMPTY_FINDINGS, type Findings } from '../results/findings.js';
import type { RefusedRates } from '../refused/measure-refused.js';
import { REFUSING_BROKER_NAMES } from '../refused/refusing-brokers.js';
import type { SubjectResults } from '../rounds/run-rounds.js';
import type { SubjectName } from '../subjects/subjects.js';

/** Findings with these rates, one list per subject. An empty list means that the subject's one round has failed. */
export function someFindings(
  rates: Partial<Record<SubjectName, readonly number[]>>,
  others: Partial<Findings> = {},
): Findings {
  const subjects = Object.entries(rates).map(([name, values]): [SubjectName, SubjectResults] => [
    name as SubjectName,
    {
      rounds: values.map((rowsPerSecond, i) => ({
        rowsPerSecond,
        peakRssMb: 100.4 + i,
        cpuMsPer1000: 50,
        machineMsPer1000: 140,
      })),
      faults: values.length === 0 ? ['9 done of 10 rows'] : [],
    },
  ]);
  return { ...EMPTY_FINDINGS, subjects: new Map(subjects), ...others };
}

/** The same rate in every round, whichever rows the broker refuses. */
export function refusedAt(rate: number): RefusedRates {
  const entries = REFUSING_BROKER_NAMES.map((name) => [name, { median: rate, min: rate, max: rate }]);
  return Object.fromEntries(entries) as RefusedRates;
}
