import type { DaemonDefinition } from '@comms/daemon-runtime';
import { configurationOf, MonitorDaemonModule } from '@comms/daemons';
import { Module } from '@nestjs/common';

/** Merged targets become distribution entries; ONLINE rows are published, due retries released, lapsed rows marked. */
@Module({ imports: [MonitorDaemonModule], exports: [MonitorDaemonModule] })
export class AppModule {}

export const daemon: DaemonDefinition = { ...configurationOf('comms-monitor'), module: AppModule };
