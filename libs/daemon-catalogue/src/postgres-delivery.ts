import { DeliveryDaemonModule, type DeliveryDaemonOptions } from '@comms/delivery-daemon';
import type { OutboundMethod } from '@comms/distribution';
import {
  BacklogCounter,
  DatabaseHealth,
  DistributionStoreModule,
  PostgresDistributionStore,
  WakeUpListener,
} from '@comms/distribution-store';
import type { DynamicModule, Type } from '@nestjs/common';

/** What differs between the delivery daemons, whose rows all stand in PostgreSQL. */
export interface PostgresDelivery extends Pick<DeliveryDaemonOptions, 'activity' | 'courier'> {
  readonly method: OutboundMethod;
  /** The module that exports the courier. */
  readonly courierModule: Type;
}

/** The `DeliveryDaemonModule` of one delivery method. */
export function postgresDelivery({
  activity,
  method,
  courierModule,
  courier,
}: PostgresDelivery): DynamicModule {
  return DeliveryDaemonModule.of({
    activity,
    imports: [DistributionStoreModule.forDelivery(method), courierModule],
    store: PostgresDistributionStore,
    courier,
    databaseHealth: DatabaseHealth,
    backlog: BacklogCounter,
    wakeUp: WakeUpListener,
  });
}
