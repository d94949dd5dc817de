import { type ClassicLimits, classicRecipe } from './classic-recipe.js';
import { sharedServer } from './shared-servers.js';
import { type OwnBroker, startBroker } from './start-broker.js';
import type { TestBroker } from './test-broker.js';
import { type ArtemisOptions, artemisRecipe } from './artemis-recipe.js';

/** The ActiveMQ Classic of this test run: the one that `COMMS_TEST_CLASSIC_URL` names, else found or installed. */
export function testClassic(): Promise<TestBroker> {
  return sharedServer('classic');
}

/** A test's own ActiveMQ Classic, with an empty store; ends with this process at the latest. */
export async function ownClassic(limits: ClassicLimits = {}): Promise<OwnBroker> {
  return startBroker(classicRecipe(limits), await sharedServer('classicInstallation'));
}

/**
 * The ActiveMQ Artemis of this test run: the one that `COMMS_TEST_ARTEMIS_URL` names, else found or installed; null
 * where it is not available, which the run has then reported in one line.
 */
export function testArtemis(): Promise<TestBroker | null> {
  return sharedServer('artemis');
}

/** A test's own ActiveMQ Artemis, with an empty store; null where it is not available. */
export async function ownArtemis(options: ArtemisOptions = {}): Promise<OwnBroker | null> {
  const installation = await sharedServer('artemisInstallation');
  return installation === null ? null : startBroker(artemisRecipe(options), installation);
}
