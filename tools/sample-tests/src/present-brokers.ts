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
