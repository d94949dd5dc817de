import {
  BACKLOG_SOURCE,
  type BacklogSource,
  DAEMON_JOB,
  HEALTH_CONTRIBUTORS,
  type HealthContributor,
  Log,
  WAKE_UP,
  type WakeUp,
} from '@comms/daemon-runtime';
import type { Courier, DistributionStore } from '@comms/delivery';
import { type DynamicModule, type InjectionToken, Module, type ModuleMetadata } from '@nestjs/common';
import { CourierHealth } from './courier-health.js';
import { CourierLifecycle } from './courier-lifecycle.js';
import { deliveryPorts } from './delivery-ports.provider.js';
import { DeliveryJob, type JobSettings } from './delivery-job.js';
import { EncryptionConfig } from './encryption.config.js';
import { ExtractConfig } from './extract.config.js';
import { KeyFileEncrypter } from './key-file-encrypter.js';
import { COURIER, DISTRIBUTION_STORE, JOB_SETTINGS } from './tokens.js';

/** What differs between the delivery daemons: their name for operators, and the adapters behind the ports. */
export interface DeliveryDaemonOptions {
  /** As operators see it: `Push To Handset`. */
  readonly activity: string;
  /** The modules that export the adapters named below. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  readonly store: InjectionToken<DistributionStore>;
  readonly courier: InjectionToken<Courier>;
  readonly databaseHealth: InjectionToken<HealthContributor>;
  readonly backlog: InjectionToken<BacklogSource>;
  readonly wakeUp: InjectionToken<WakeUp>;
}

/** The job that the three delivery daemons share. */
@Module({})
export class DeliveryDaemonModule {
  static of(options: DeliveryDaemonOptions): DynamicModule {
    const { activity, databaseHealth } = options;
    return {
      module: DeliveryDaemonModule,
      imports: options.imports,
      providers: [
        { provide: DISTRIBUTION_STORE, useExisting: options.store },
        { provide: COURIER, useExisting: options.courier },
        { provide: BACKLOG_SOURCE, useExisting: options.backlog },
        { provide: WAKE_UP, useExisting: options.wakeUp },
        { provide: KeyFileEncrypter, useFactory: openKeyFile, inject: [EncryptionConfig, Log] },
        { provide: JOB_SETTINGS, useFactory: settingsOf(activity), inject: [ExtractConfig] },
        { provide: DAEMON_JOB, useExisting: DeliveryJob },
        { provide: HEALTH_CONTRIBUTORS, useFactory: allOf, inject: [databaseHealth, CourierHealth] },
        deliveryPorts,
        CourierHealth,
        CourierLifecycle,
        DeliveryJob,
      ],
      exports: [DAEMON_JOB, WAKE_UP, HEALTH_CONTRIBUTORS, BACKLOG_SOURCE],
    };
  }
}

function openKeyFile(config: EncryptionConfig, log: Log): Promise<KeyFileEncrypter> {
  return KeyFileEncrypter.open(config, log);
}

function settingsOf(activity: string) {
  const identity = { type: 'Transmission', category: 'Comms', activity };
  return (config: ExtractConfig): JobSettings => ({ identity, config });
}

function allOf(...contributors: HealthContributor[]): readonly HealthContributor[] {
  return contributors;
}
