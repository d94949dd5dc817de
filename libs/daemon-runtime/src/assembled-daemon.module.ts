import { type DynamicModule, Module } from '@nestjs/common';
import { type AssembledDaemon, Daemon } from './daemon.js';
import { Runtime } from './runtime.js';

/** Provides the `Daemon` that a plain function assembles. */
@Module({})
export class AssembledDaemonModule {
  static by(assemble: (runtime: Runtime) => AssembledDaemon | Promise<AssembledDaemon>): DynamicModule {
    return {
      module: AssembledDaemonModule,
      providers: [{ provide: Daemon, useFactory: assemble, inject: [Runtime] }],
      exports: [Daemon],
    };
  }
}
