import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { BrokerConfig } from './broker.config.js';
import { QueueConfig } from './queue.config.js';
import { QueueCourier } from './queue-courier.js';

/** Offers a QueueCourier, made from BrokerConfig and QueueConfig, and closes it last. */
@Module({
  providers: [
    {
      provide: QueueCourier,
      inject: [BrokerConfig, QueueConfig],
      useFactory: (broker: BrokerConfig, queue: QueueConfig) => new QueueCourier(broker, queue),
    },
  ],
  exports: [QueueCourier],
})
export class ActiveMqModule implements OnApplicationShutdown {
  constructor(private readonly courier: QueueCourier) {}

  async onApplicationShutdown(): Promise<void> {
    await this.courier.close();
  }
}
