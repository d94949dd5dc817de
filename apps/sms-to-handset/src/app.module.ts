import { postgresDelivery } from '@comms/daemon-catalogue';
import { DeliveryDaemonModule } from '@comms/delivery-daemon';
import { Module } from '@nestjs/common';
import { SMS_COURIER, SmsCourierModule } from './sms-courier.module.js';

/** SMS rows to an ActiveMQ queue or to files. */
@Module({
  imports: [
    postgresDelivery({
      activity: 'SMS To Handset',
      method: 'SMS',
      courierModule: SmsCourierModule,
      courier: SMS_COURIER,
    }),
  ],
  exports: [DeliveryDaemonModule],
})
export class AppModule {}
