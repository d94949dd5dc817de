import { artemisConfiguration } from './artemis-configuration.js';
import type { BrokerAccess, BrokerRecipe } from './start-broker.js';

const MAIN = 'org.apache.activemq.artemis.cli.Artemis';

export function artemisRecipe(access: BrokerAccess = {}): BrokerRecipe {
  return {
    kind: 'artemis',
    configuration: (setting) => artemisConfiguration(setting, access),
    args: (folder) => [
      `-Dartemis.home=${folder}`,
      `-Dartemis.instance=${folder}`,
      `-Dartemis.instance.etc=${folder}`,
      `-Djava.security.auth.login.config=${folder}/login.config`,
      MAIN,
      'run',
    ],
  };
}
