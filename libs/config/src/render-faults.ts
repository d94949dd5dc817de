import type { Fault } from './fault.js';
import { printable } from './printable.js';

/** The faults as text for standard error, one line each. */
export function renderFaults(faults: readonly Fault[]): string {
  return faults.map((fault) => `${printable(renderFault(fault))}\n`).join('');
}

function renderFault({ key, source, problem, allowed, nearest, severity }: Fault): string {
  const origin = source === undefined ? '' : ` (${source})`;
  const rule = allowed === undefined ? '' : `; allowed: ${allowed}`;
  const hint =
    nearest === undefined
      ? ''
      : `; the nearest known ${nearest.includes('.') ? 'key' : 'variable'} is ${nearest}`;
  const rank = severity === undefined ? '' : `${severity}: `;
  return `${rank}${key}${origin}: ${problem}${rule}${hint}`;
}
