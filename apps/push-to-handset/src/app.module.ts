import { AssembledDaemonModule, type DaemonDefinition } from '@comms/daemon-runtime';
import { configurationOf, deliveryDaemon, type DeliveryKind, toQueue } from '@comms/daemons';
import { Module } from '@nestjs/common';

/** PUSH rows become messages on an ActiveMQ queue. */
const kind: DeliveryKind = { activity: 'Push To Handset', reads: 'PUSH', writes: toQueue };

@Module({
  imports: [AssembledDaemonModule.by((runtime) => deliveryDaemon(kind, runtime))],
  exports: [AssembledDaemonModule],
})
export class AppModule {}

export const definition: DaemonDefinition = { ...configurationOf('push-to-handset'), module: AppModule };
