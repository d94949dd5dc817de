import { ActiveMqModule, QueueCourier } from '@comms/activemq';
import type { Courier } from '@comms/delivery';
import { type Route, RouteConfig } from '@comms/delivery-daemon';
import { FileCourier, FileOutboxModule } from '@comms/file-outbox';
import { Module, type Type } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';

/** The courier of the route that `comms.sms.monitor.extract.to.type` names. */
export const SMS_COURIER = Symbol('SmsCourier');

/** Loads the module of the chosen route alone: the other one may have nothing to be made from. */
@Module({
  providers: [{ provide: SMS_COURIER, useFactory: courierOf, inject: [LazyModuleLoader, RouteConfig] }],
  exports: [SMS_COURIER],
})
export class SmsCourierModule {}

async function courierOf(loader: LazyModuleLoader, { type }: RouteConfig): Promise<Courier> {
  const { module, courier } = ROUTES[type];
  return (await loader.load(() => module)).get<Courier>(courier);
}

const ROUTES: Record<Route, { readonly module: Type; readonly courier: Type<Courier> }> = {
  queue: { module: ActiveMqModule, courier: QueueCourier },
  file: { module: FileOutboxModule, courier: FileCourier },
};
