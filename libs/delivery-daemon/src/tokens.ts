/** The store behind a delivery daemon: a `DistributionStore`. */
export const DISTRIBUTION_STORE = Symbol('DistributionStore');

/** Where a delivery daemon puts its messages: a `Courier`. */
export const COURIER = Symbol('Courier');

/** All that delivering a batch needs: a `DeliveryPorts`. */
export const DELIVERY_PORTS = Symbol('DeliveryPorts');

/** A `JobSettings`. */
export const JOB_SETTINGS = Symbol('JobSettings');
