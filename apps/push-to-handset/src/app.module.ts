import { ActiveMqModule, QueueCourier } from '@comms/activemq';
import { DeliveryDaemonModule } from '@comms/delivery-daemon';
import {
  BacklogCounter,
  DatabaseHealth,
  DistributionStoreModule,
  PostgresDistributionStore,
} from '@comms/distribution-store';
import { Module } from '@nestjs/common';

/** PUSH rows to an ActiveMQ queue. */
@Module({
  imports: [
    DeliveryDaemonModule.of({
      activity: 'Push To Handset',
      imports: [DistributionStoreModule.forDelivery('PUSH'), ActiveMqModule],
      store: PostgresDistributionStore,
      courier: QueueCourier,
      databaseHealth: DatabaseHealth,
      backlog: BacklogCounter,
    }),
  ],
  exports: [DeliveryDaemonModule],
})
export class AppModule {}
