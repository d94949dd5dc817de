import { AssembledDaemonModule, type DaemonDefinition } from '@comms/daemon-runtime';
import { configurationOf, deliveryDaemon, type DeliveryKind, toQueueOrDirectory } from '@comms/daemons';
import { Module } from '@nestjs/common';

/** SMS rows become messages on an ActiveMQ queue, or files in a directory. */
const kind: DeliveryKind = { activity: 'SMS To Handset', reads: 'SMS', writes: toQueueOrDirectory };

@Module({
  imports: [AssembledDaemonModule.by((runtime) => deliveryDaemon(kind, runtime))],
  exports: [AssembledDaemonModule],
})
export class AppModule {}

export const definition: DaemonDefinition = { ...configurationOf('sms-to-handset'), module: AppModule };
