import { describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { Test } from '@nestjs/testing';

import { Configuration } from './configuration.js';
import { ConfigurationModule } from './configuration.module.js';
import { loadConfiguration } from './load-configuration.js';
import { Property } from './property.js';

class HealthConfig {
  @Property('comms.health.port', { type: 'integer', default: 3000, description: 'Port.' })
  readonly port!: number;

  @Property('comms.broker.password', {
    type: 'string',
    secret: true,
    default: 'hunter2',
    description: 'Password.',
  })
  readonly password!: string;
}

@Injectable()
class Reader {
  constructor(
    readonly health: HealthConfig,
    readonly configuration: Configuration,
    readonly service: ConfigService,
  ) {}
}

@Module({ providers: [Reader] })
class FeatureModule {}

describe('ConfigurationModule', () => {
  it('gives every module the classes by themselves, and the whole configuration', async () => {
    const { configuration, reader } = await setup();

    expect(reader.health).toBe(configuration.get(HealthConfig));
    expect(reader.configuration).toBe(configuration);
  });

  it('gives the effective properties by key through ConfigService, but no secret', async () => {
    const { reader } = await setup();

    expect(reader.service.get('comms.health.port')).toBe(3000);
    expect(reader.service.get('comms.broker.password')).toBeUndefined();
  });

  it('keeps ConfigService from the environment', async () => {
    const { reader } = await setup();

    expect(process.env['PATH']).toBeDefined();
    expect(reader.service.get('PATH')).toBeUndefined();
  });
});

async function setup() {
  const { configuration } = await loadConfiguration({
    sections: [{ type: HealthConfig }],
    knownKeys: [],
    environment: {},
  });
  if (configuration === undefined) throw new Error('the defaults are sound');
  const imports = [ConfigurationModule.forRoot(configuration), FeatureModule];
  const module = await Test.createTestingModule({ imports }).compile();
  return { configuration, reader: module.get(Reader, { strict: false }) };
}
