import { expect } from '@jest/globals';
import type { Daemon, HealthPart } from '@comms/daemon-stage';

export type Part = 'database' | 'broker' | 'directory';

/** What a daemon must say of a part that is in trouble. */
export interface Trouble {
  readonly status: 'down' | 'blocked';
  /** One of these. */
  readonly codes: readonly string[];
}

/**
 * Waits until a daemon says that a part is in trouble. Then it is not ready, it lives, and it says since when, what is
 * wrong, and in a sentence what to look at.
 */
export async function untilTrouble(
  daemon: Daemon,
  part: Part,
  { status, codes }: Trouble,
): Promise<HealthPart> {
  const inTrouble = (found?: HealthPart): found is HealthPart =>
    found?.status === status && codes.includes(found.code ?? '');
  const before = Date.now();
  const document = await daemon.untilHealth(`says ${part} is ${status}`, (health) => inTrouble(health[part]));
  const said = document[part];
  if (said === undefined) throw new Error(`nothing is said of ${part}`);
  expect((await daemon.get('/health/ready')).code).toBe(503);
  expect((await daemon.get('/health/live')).code).toBe(200);
  expect(said.text).toMatch(/^[A-Z].{10,}/);
  expect(Math.abs(before - Date.parse(said.since))).toBeLessThan(60_000);
  return said;
}

/** Waits until a daemon is ready again, of itself. */
export async function untilRecovered(daemon: Daemon): Promise<void> {
  await daemon.untilUp();
  expect((await daemon.get('/health/ready')).code).toBe(200);
}
