import type { InputValues } from '../model-of.js';

/** Inputs of round numbers. */
export function someInputs(): InputValues {
  return {
    r: 10_000,
    rf: 4_000,
    d: 30,
    b: 15_000,
    c: 50_000,
    e: 20,
    m: 50,
    q: 40,
    v: 10,
    t: 600,
    g: 400,
    w: 4_000,
    'w.target': 1_000,
    'w.entry': 2_000,
    'w.delivery': 900,
    'w.vacuum': 100,
    k: 100,
    j: 1_000,
  };
}
