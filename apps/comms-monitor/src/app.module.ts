import { AssembledDaemonModule, type DaemonDefinition } from '@comms/daemon-runtime';
import { configurationOf, monitorDaemon } from '@comms/daemons';
import { Module } from '@nestjs/common';

/** Merged targets become distribution entries; ONLINE rows are published, due retries released, lapsed rows marked. */
@Module({ imports: [AssembledDaemonModule.by(monitorDaemon)], exports: [AssembledDaemonModule] })
export class AppModule {}

export const definition: DaemonDefinition = { ...configurationOf('comms-monitor'), module: AppModule };
