import type { Fault } from './fault.js';
import { printable } from './printable.js';

/** The faults as text for standard error, one line each. */
export function renderFaults(faults: readonly Fault[]): string {
  return faults.map((fault) => `${printable(renderFault(fault))}\n`).join('');
}

function renderFault({ key, source, problem, allowed, nearest, severity }: Fault): string {
  const origin = source === undefined ? '' : ` (${source})`;
  const rule = allowed === undefined || severity === 'warning' ? '' : `; allowed: ${allowed}`;
  const hint = nearest === undefined ? '' : `; the nearest known key is ${nearest}`;
  return `${severity === undefined ? '' : `${severity}: `}${key}${origin}: ${problem}${rule}${hint}`;
}
