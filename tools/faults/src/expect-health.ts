import { expect } from '@jest/globals';
import type { Daemon, HealthPart } from '@comms/daemon-stage';

export type Part = 'database' | 'broker' | 'directory';

/** What a daemon must report of a part that is in trouble. */
export interface Trouble {
  readonly status: 'down' | 'blocked';
  /** One of these. */
  readonly codes: readonly string[];
}

/**
 * Waits until a daemon reports a part as in trouble. It must then be alive but not ready, and must report since when, what is
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
  const document = await daemon.untilHealth(`reports ${part} as ${status}`, (health) =>
    inTrouble(health[part]),
  );
  const report = document[part];
  if (report === undefined) throw new Error(`nothing is reported of ${part}`);
  expect((await daemon.get('/health/ready')).code).toBe(503);
  expect((await daemon.get('/health/live')).code).toBe(200);
  expect(report.text).toMatch(/^[A-Z].{10,}/);
  expect(Math.abs(before - Date.parse(report.since))).toBeLessThan(60_000);
  return report;
}

/** Waits until a daemon is ready again, by itself. */
export async function untilRecovered(daemon: Daemon): Promise<void> {
  await daemon.untilUp();
  expect((await daemon.get('/health/ready')).code).toBe(200);
}
