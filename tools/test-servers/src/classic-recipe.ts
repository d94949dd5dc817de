import { classicConfiguration, type ClassicLimits } from './classic-configuration.js';
import type { BrokerRecipe } from './start-broker.js';

const MAIN = 'org.apache.activemq.console.command.ShellCommand';

export function classicRecipe(limits: ClassicLimits = {}): BrokerRecipe {
  return {
    kind: 'classic',
    configuration: (setting) => ({ 'activemq.xml': classicConfiguration(setting, limits) }),
    args: (folder) => [
      ...(limits.jvm ?? []),
      `-Dactivemq.base=${folder}`,
      MAIN,
      'start',
      `xbean:file:${folder}/activemq.xml`,
    ],
  };
}
