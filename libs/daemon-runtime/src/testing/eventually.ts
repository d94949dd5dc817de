import { setTimeout } from 'node:timers/promises';

/** Resolves once `condition` holds; rejects when it does not within `limitMs`. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${limitMs} ms: ${condition.toString()}`);
    await setTimeout(5);
  }
}
