import { rm } from 'node:fs/promises';
import { afterAll, describe, it } from '@jest/globals';
import { ifPresent, type TestBroker, testArtemis, testClassic } from '@comms/test-servers';

export interface PresentBrokers {
  readonly classic: TestBroker | null;
  readonly artemis: TestBroker | null;
}

export const NO_BROKERS: PresentBrokers = { classic: null, artemis: null };

/** The brokers that this machine can run. */
export async function presentBrokers(): Promise<PresentBrokers> {
  const classic = await ifPresent('java', testClassic);
  return classic === null ? NO_BROKERS : { classic, artemis: await ifPresent('java', testArtemis) };
}

/** Runs a suite on each broker that this machine can run. `folder` is removed at the end. */
export async function describeOnBrokers(folder: string, suite: (broker: TestBroker) => void): Promise<void> {
  const brokers = Object.values(await presentBrokers()).filter((broker) => broker !== null);
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  afterAll(removeFolder);
  if (brokers.length === 0) {
    // Hooks don't run where every test is skipped.
    await removeFolder();
    it.skip('no broker is available here', () => undefined);
  } else {
    describe.each(brokers)('on ActiveMQ $kind', suite);
  }
}
