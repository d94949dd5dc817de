import { describe, expect, it } from '@jest/globals';
import { someFindings } from '../testing/some-findings.js';
import { figureInputs } from './figure-inputs.js';

describe('figureInputs', () => {
  it('has the rates of the subjects, and the processor time of plain', () => {
    expect(figureInputs(someFindings({ plain: [900, 1_000], claimOnly: [4_000] }))).toEqual({
      r: { median: 950, min: 900, max: 1_000 },
      d: { median: 50, min: 50, max: 50 },
      c: { median: 4_000, min: 4_000, max: 4_000 },
    });
  });

  it('leaves out what has failed', () => {
    expect(figureInputs(someFindings({ plain: [], brokerOnly1000: [] }))).toEqual({});
  });
});
