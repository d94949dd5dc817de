import { Module } from '@nestjs/common';
import { Daemon, type DaemonDefinition } from '../../index.js';
import { FixtureConfig } from './fixture.config.js';
import { FixtureDaemon } from './fixture-daemon.js';

@Module({ providers: [{ provide: Daemon, useClass: FixtureDaemon }], exports: [Daemon] })
class FixtureModule {}

export const definition: DaemonDefinition = {
  app: 'fixture-daemon',
  module: FixtureModule,
  sections: [{ type: FixtureConfig }],
  knownKeys: [],
};
