import type { ClassicLimits } from './classic-configuration.js';
import type { OwnBroker } from './own-broker.js';
import { sharedServer } from './shared-server.js';
import { startClassic } from './start-classic.js';
import type { TestBroker } from './test-broker.js';

/** The ActiveMQ Classic of this test run: the one that `COMMS_TEST_CLASSIC_URL` names, else found or installed. */
export function testClassic(): Promise<TestBroker> {
  return sharedServer('classic');
}

/** An ActiveMQ Classic of a test's own, with an empty store; ends with this process at the latest. */
export async function ownClassic(limits: ClassicLimits = {}): Promise<OwnBroker> {
  return startClassic(await sharedServer('classicInstallation'), limits);
}
