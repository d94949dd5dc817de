import type { DaemonDefinition } from '@comms/daemon-runtime';
import { configurationOf, DeliveryDaemonModule, toQueueOrDirectory } from '@comms/daemons';
import { Module } from '@nestjs/common';

/** SMS rows become messages on an ActiveMQ queue, or files in a directory. */
@Module({
  imports: [
    DeliveryDaemonModule.of({ activity: 'SMS To Handset', reads: 'SMS', writes: toQueueOrDirectory }),
  ],
  exports: [DeliveryDaemonModule],
})
export class AppModule {}

export const daemon: DaemonDefinition = { ...configurationOf('sms-to-handset'), module: AppModule };
