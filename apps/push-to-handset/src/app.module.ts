import { ActiveMqModule, QueueCourier } from '@comms/activemq';
import { postgresDelivery } from '@comms/daemon-catalogue';
import { DeliveryDaemonModule } from '@comms/delivery-daemon';
import { Module } from '@nestjs/common';

/** PUSH rows to an ActiveMQ queue. */
@Module({
  imports: [
    postgresDelivery({
      activity: 'Push To Handset',
      method: 'PUSH',
      courierModule: ActiveMqModule,
      courier: QueueCourier,
    }),
  ],
  exports: [DeliveryDaemonModule],
})
export class AppModule {}
