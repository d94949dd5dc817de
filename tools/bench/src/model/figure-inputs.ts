import type { Inputs } from '../capacity/inputs.js';
import type { Findings } from '../results/findings.js';
import { rateOf } from '../results/rates.js';
import { type Spread, spreadOf } from '../results/statistics.js';

/** The inputs that are figures of subjects, without those that were not measured or have failed. */
export function figureInputs(findings: Findings): Partial<Inputs> {
  const inputs = {
    r: rateOf(findings, 'plain'),
    rf: rateOf(findings, 'files'),
    d: cpuOfPlain(findings),
    b: rateOf(findings, 'brokerOnly'),
    c: rateOf(findings, 'claimOnly'),
  };
  return Object.fromEntries(Object.entries(inputs).filter(([, spread]) => spread !== null));
}

function cpuOfPlain(findings: Findings): Spread | null {
  const { rounds = [], faults = [] } = findings.subjects.get('plain') ?? {};
  const [first, ...others] = rounds.flatMap(({ cpuMsPer1000 }) => cpuMsPer1000 ?? []);
  return first === undefined || faults.length > 0 ? null : spreadOf([first, ...others]);
}
