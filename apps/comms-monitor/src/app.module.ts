import {
  BacklogCounter,
  DatabaseHealth,
  DistributionStoreModule,
  PostgresMonitorStore,
  WakeUpListener,
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
      wakeUp: WakeUpListener,
    }),
  ],
  exports: [MonitorDaemonModule],
})
export class AppModule {}
