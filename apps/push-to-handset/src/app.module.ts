import type { DaemonDefinition } from '@comms/daemon-runtime';
import { configurationOf, DeliveryDaemonModule, toQueue } from '@comms/daemons';
import { Module } from '@nestjs/common';

/** PUSH rows become messages on an ActiveMQ queue. */
@Module({
  imports: [DeliveryDaemonModule.of({ activity: 'Push To Handset', reads: 'PUSH', writes: toQueue })],
  exports: [DeliveryDaemonModule],
})
export class AppModule {}

export const daemon: DaemonDefinition = { ...configurationOf('push-to-handset'), module: AppModule };
