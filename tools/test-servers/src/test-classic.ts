import type { ClassicLimits } from './classic-configuration.js';
import { classicRecipe } from './classic-recipe.js';
import { sharedServer } from './shared-server.js';
import { type OwnBroker, startBroker } from './start-broker.js';
import type { TestBroker } from './test-broker.js';

/** The ActiveMQ Classic of this test run: the one that `COMMS_TEST_CLASSIC_URL` names, else found or installed. */
export function testClassic(): Promise<TestBroker> {
  return sharedServer('classic');
}

/** An ActiveMQ Classic of a test's own, with an empty store; ends with this process at the latest. */
export async function ownClassic(limits: ClassicLimits = {}): Promise<OwnBroker> {
  return startBroker(classicRecipe(limits), await sharedServer('classicInstallation'));
}
