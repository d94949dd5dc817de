import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';

import { Configuration } from './configuration.js';

/**
 * Makes a loaded configuration injectable everywhere. Each configuration class is the token of its instance, and
 * {@link Configuration} is the token of the whole. Nest's ConfigService gives values by key and holds no secrets.
 */
@Module({})
export class ConfigurationModule {
  static forRoot(configuration: Configuration): DynamicModule {
    const providers = [
      { provide: Configuration, useValue: configuration },
      ...configuration.instances.map((instance) => ({ provide: instance.constructor, useValue: instance })),
    ];
    return {
      module: ConfigurationModule,
      global: true,
      imports: [nestConfig(configuration)],
      providers,
      exports: [ConfigModule, ...providers.map(({ provide }) => provide)],
    };
  }
}

/** Nest's own module, which must not read the environment a second time and by other rules. */
function nestConfig({ properties }: Configuration): Promise<DynamicModule> {
  const values = Object.fromEntries(properties.map(({ key, value }) => [key, value]));
  return ConfigModule.forRoot({
    load: [() => values],
    ignoreEnvFile: true,
    ignoreEnvVars: true,
    skipProcessEnv: true,
  });
}
