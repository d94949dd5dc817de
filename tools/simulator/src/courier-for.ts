import { BrokerConfig, longestPut, QueueConfig, QueueCourier } from '@comms/activemq';
import type { Courier } from '@comms/delivery';
import { FileCourier } from '@comms/file-outbox';
import { WatchedCourier } from './daemon/watched-courier.js';
import type { System } from './faults/system.js';
import { BatchOnlyCourier } from './planted/batch-only-courier.js';
import { AlteredOutcomes, chargeUnknown, sentWhereOneIs } from './planted/altered-outcomes.js';
import type { PlantedBug } from './planted/planted-bug.js';
import type { Scenario } from './scenario.js';
import type { Actor } from './world/events.js';

type Surroundings = Pick<System, 'world' | 'network' | 'checker'>;

export interface CourierOptions {
  readonly scenario: Scenario;
  readonly bug: PlantedBug | undefined;
}

/** The courier of the product for a destination, or one with a bug, watched by the checker. */
export function courierFor(actor: Actor, around: Surroundings, options: CourierOptions): Courier {
  const { world, checker } = around;
  const courier = courierWithin(around, options);
  const longestPutMs = courier instanceof FileCourier ? undefined : longestPut(LIMITS);
  return new WatchedCourier(courier, { world, actor, checker, longestPutMs });
}

function courierWithin({ world, network }: Surroundings, { scenario, bug }: CourierOptions): Courier {
  const { destination } = scenario;
  if (destination === 'artemis' && bug === 'resend-in-batch')
    return new BatchOnlyCourier(network, 'broker-0');
  const courier = destination === 'files' ? new FileCourier('/outbox') : queueCourier(world, scenario);
  if (bug === 'charge-without-evidence') return new AlteredOutcomes(courier, chargeUnknown);
  return bug === 'mark-half-batch' ? new AlteredOutcomes(courier, sentWhereOneIs) : courier;
}

/** Short, so that a run is short. */
const LIMITS = { connectTimeout: 1_500, receiptTimeout: 2_000 };

function queueCourier(world: Surroundings['world'], scenario: Scenario): QueueCourier {
  const url = Array.from({ length: scenario.brokers }, (_, i) => `stomp://broker-${i}:61613`);
  const { transactionMaxBytes } = scenario;
  const broker = Object.assign(new BrokerConfig(), { ...LIMITS, url, transactionMaxBytes, heartBeat: 2_000 });
  const queue = Object.assign(new QueueConfig(), { queue: 'simulated' });
  return new QueueCourier(broker, queue, {
    now: () => new Date(world.wallClock()),
    elapsedMs: () => world.now,
    random: () => world.random.next(),
  });
}
