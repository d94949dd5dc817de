import { type Spread, spreadOf } from '../results/spread.js';

/** The spread of one value or more, to tenths. */
export function roundedSpread(values: readonly number[]): Spread {
  const [first = NaN, ...others] = values.map((value) => Math.round(value * 10) / 10);
  return spreadOf([first, ...others]);
}
