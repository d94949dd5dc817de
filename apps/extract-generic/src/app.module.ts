import { ActiveMqModule, QueueCourier } from '@comms/activemq';
import { postgresDelivery } from '@comms/daemon-catalogue';
import { DeliveryDaemonModule } from '@comms/delivery-daemon';
import { Module } from '@nestjs/common';

/** EXTERNAL rows to an ActiveMQ queue. */
@Module({
  imports: [
    postgresDelivery({
      activity: 'Extract Comms To Generic Format',
      method: 'EXTERNAL',
      courierModule: ActiveMqModule,
      courier: QueueCourier,
    }),
  ],
  exports: [DeliveryDaemonModule],
})
export class AppModule {}
