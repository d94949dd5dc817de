import { EnvironmentConfig } from '@comms/daemon-runtime';
import { type Courier, type DeliveryPorts, type DistributionStore, RetryPolicy } from '@comms/delivery';
import { createDocumentWriter } from '@comms/message-json';
import type { FactoryProvider } from '@nestjs/common';
import { ExtractConfig } from './extract.config.js';
import { JsonEncoder } from './json-encoder.js';
import { KeyFileEncrypter } from './key-file-encrypter.js';
import { COURIER, DELIVERY_PORTS, DISTRIBUTION_STORE } from './tokens.js';

/** The ports of a delivery daemon, made once and kept. */
export const deliveryPorts: FactoryProvider<DeliveryPorts> = {
  provide: DELIVERY_PORTS,
  inject: [DISTRIBUTION_STORE, COURIER, ExtractConfig, KeyFileEncrypter, EnvironmentConfig],
  // eslint-disable-next-line max-params -- Nest calls a factory with one argument an injection
  useFactory: (
    store: DistributionStore,
    courier: Courier,
    config: ExtractConfig,
    keyFile: KeyFileEncrypter,
    { environment }: EnvironmentConfig,
  ) => ({
    store,
    courier,
    encoder: new JsonEncoder(
      createDocumentWriter({ dateFormat: config.dateFormat, timeZone: config.timeZone, environment }),
      {
        encrypter: keyFile.encrypter,
        environment,
        expireOnQueue: config.expireOnQueue,
      },
    ),
    retryPolicy: new RetryPolicy(config),
  }),
};
