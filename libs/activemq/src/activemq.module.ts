import { Module } from '@nestjs/common';
import { BrokerConfig } from './broker.config.js';
import { BrokerEventLog } from './broker-event-log.js';
import { QueueConfig } from './queue.config.js';
import { QueueCourier } from './queue-courier.js';

/** Offers a QueueCourier, made from BrokerConfig and QueueConfig, whose events are logged and counted. */
@Module({
  providers: [
    BrokerEventLog,
    { provide: QueueCourier, useFactory: courierOf, inject: [BrokerConfig, QueueConfig, BrokerEventLog] },
  ],
  exports: [QueueCourier],
})
export class ActiveMqModule {}

function courierOf(broker: BrokerConfig, queue: QueueConfig, events: BrokerEventLog): QueueCourier {
  const courier = new QueueCourier(broker, queue);
  courier.subscribe(events.tell);
  return courier;
}
