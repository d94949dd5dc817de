import type { DaemonDefinition } from '@comms/daemon-runtime';
import { configurationOf, DeliveryDaemonModule, toQueue } from '@comms/daemons';
import { Module } from '@nestjs/common';

/** EXTERNAL rows become messages on an ActiveMQ queue. */
@Module({
  imports: [
    DeliveryDaemonModule.of({
      activity: 'Extract Comms To Generic Format',
      reads: 'EXTERNAL',
      writes: toQueue,
    }),
  ],
  exports: [DeliveryDaemonModule],
})
export class AppModule {}

export const daemon: DaemonDefinition = { ...configurationOf('extract-generic'), module: AppModule };
