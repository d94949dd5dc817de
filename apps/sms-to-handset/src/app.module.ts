import { DeliveryDaemonModule } from '@comms/delivery-daemon';
import {
  BacklogCounter,
  DatabaseHealth,
  DistributionStoreModule,
  PostgresDistributionStore,
} from '@comms/distribution-store';
import { Module } from '@nestjs/common';
import { SMS_COURIER, SmsCourierModule } from './sms-courier.module.js';

/** SMS rows to an ActiveMQ queue or to files. */
@Module({
  imports: [
    DeliveryDaemonModule.of({
      activity: 'SMS To Handset',
      imports: [DistributionStoreModule.forDelivery('SMS'), SmsCourierModule],
      store: PostgresDistributionStore,
      courier: SMS_COURIER,
      databaseHealth: DatabaseHealth,
      backlog: BacklogCounter,
    }),
  ],
  exports: [DeliveryDaemonModule],
})
export class AppModule {}
