import { artemisConfiguration } from './artemis-configuration.js';
import type { BrokerRecipe } from './start-broker.js';

const MAIN = 'org.apache.activemq.artemis.cli.Artemis';

export const ARTEMIS_RECIPE: BrokerRecipe = {
  kind: 'artemis',
  configuration: artemisConfiguration,
  args: (folder) => [
    `-Dartemis.home=${folder}`,
    `-Dartemis.instance=${folder}`,
    `-Dartemis.instance.etc=${folder}`,
    `-Djava.security.auth.login.config=${folder}/login.config`,
    MAIN,
    'run',
  ],
};
