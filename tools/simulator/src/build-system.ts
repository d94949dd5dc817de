import { RetryPolicy } from '@comms/delivery';
import { Broker } from './broker/broker.js';
import { ARTEMIS, CLASSIC } from './broker/broker-rules.js';
import { Checker, simulatedEncoder } from './check/checker.js';
import { courierFor } from './courier-for.js';
import { deliveryJob, monitorJob } from './daemon/jobs.js';
import { Deployment } from './daemon/deployment.js';
import { Database } from './database/database.js';
import { SimulatedMonitorStore } from './database/simulated-monitor-store.js';
import { SimulatedStore } from './database/simulated-store.js';
import { Disk } from './disk/disk.js';
import type { Moment } from './faults/fault.js';
import type { System } from './faults/system.js';
import { Network } from './network/network.js';
import type { PlantedBug } from './planted/planted-bug.js';
import { forgedReceipts, swallowedErrors } from './planted/taps.js';
import { MAX_MESSAGE_BYTES, type Scenario } from './scenario.js';
import { Actor } from './world/events.js';
import type { World } from './world/world.js';

export interface SystemOptions {
  readonly world: World;
  readonly scenario: Scenario;
  readonly bug: PlantedBug | undefined;
  readonly onMoment: (moment: Moment) => void;
}

type Surroundings = Omit<System, 'deliveries' | 'monitors'>;

/** Everything of one run, the daemons about to start. */
export function buildSystem(options: SystemOptions): System {
  const { world, scenario } = options;
  const around = buildSurroundings(options);
  const { network, database } = around;
  const gone = (actor: Actor, silently: boolean) => {
    network.clientGone(actor, silently);
    database.clientGone(actor, silently);
  };
  const jobOf = (actor: Actor) => jobFor(actor, around, options);
  return {
    ...around,
    deliveries: new Deployment('daemon', scenario.replicas, { world, gone, jobOf }),
    monitors: new Deployment('monitor', 1, {
      world,
      gone,
      jobOf: () => monitorJob(new SimulatedMonitorStore(database)),
    }),
  };
}

function buildSurroundings({ world, scenario, bug, onMoment }: SystemOptions): Surroundings {
  const { destination } = scenario;
  const network = new Network(world);
  const database = new Database(world);
  const disk = new Disk(world);
  const checker = new Checker({ world, database, disk, destination });
  const brokerAt = (i: number) => {
    const broker = new Broker({
      world,
      onMoment,
      name: `broker-${i}`,
      rules: destination === 'artemis' ? ARTEMIS : CLASSIC,
      onStored: (message, name) => {
        checker.stored(message, name);
      },
    });
    network.listen(broker.parts.name, broker);
    return broker;
  };
  const others = Array.from({ length: scenario.brokers - 1 }, (_, i) => brokerAt(i + 1));
  const brokers: System['brokers'] = [brokerAt(0), ...others];
  if (bug === 'mark-before-receipt') network.tapFor = forgedReceipts;
  if (bug === 'ignore-error') network.tapFor = swallowedErrors;
  return { world, network, database, disk, checker, brokers, director: new Actor('director') };
}

function jobFor(actor: Actor, around: Surroundings, { world, scenario, bug, onMoment }: SystemOptions) {
  const { database, checker } = around;
  const store = new SimulatedStore(database, {
    onMoment,
    guarded: bug !== 'no-status-guard',
    isolating: bug !== 'record-all-or-nothing',
    passesOverSetAside: bug !== 'claim-set-aside',
    measuresTexts: bug !== 'load-long-texts',
    onRecorded: (row, verdict) => {
      checker.recorded(row, verdict);
    },
  });
  const courier = courierFor(actor, around, { scenario, bug });
  const random = () => world.random.next();
  const retryPolicy = new RetryPolicy({ maxTries: 3, initialDelayMs: 500, maxDelayMs: 2_000 }, random);
  return deliveryJob(
    { store, courier, retryPolicy, encoder: simulatedEncoder },
    { ...scenario, maxMessageBytes: MAX_MESSAGE_BYTES },
  );
}
