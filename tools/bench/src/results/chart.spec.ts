import { describe, expect, it } from '@jest/globals';
import { someFindings } from '../testing/some-findings.js';
import { chartOf } from './chart.js';

describe('chartOf', () => {
  it('draws bars as long as their medians, and whiskers from minimum to maximum', () => {
    const svg = chartOf(someFindings({ plain: [500, 1_000, 750], rowAtATime: [75] }), ['caption']);

    expect(widths(svg)).toEqual([367.5, 36.8]);
    expect(svg).toContain('d="M545 96H790M545 92V100M790 92V100"');
    expect(svg).toContain('>750</text>');
  });

  it('leaves out what was not measured, and what would dwarf all else', () => {
    const svg = chartOf(someFindings({ plain: [1_000], claimOnly: [40_000], rsa: [] }), ['caption']);

    expect(widths(svg)).toHaveLength(1);
  });

  it('escapes what it is given', () => {
    expect(chartOf(someFindings({}), ['a < b & c'])).toContain('a &lt; b &amp; c</text>');
  });
});

/** Only of the bars. */
function widths(svg: string): number[] {
  return [...svg.matchAll(/width="([\d.]+)" height="16"/g)].map(([, width]) => Number(width));
}
