import {
  BacklogCounter,
  DatabaseHealth,
  DistributionStoreModule,
  PostgresMonitorStore,
} from '@comms/distribution-store';
import { MonitorDaemonModule } from '@comms/monitor-daemon';
import { Module } from '@nestjs/common';

/** The database alone. */
@Module({
  imports: [
    MonitorDaemonModule.of({
      imports: [DistributionStoreModule.forMonitor()],
      store: PostgresMonitorStore,
      databaseHealth: DatabaseHealth,
      backlog: BacklogCounter,
    }),
  ],
  exports: [MonitorDaemonModule],
})
export class AppModule {}
