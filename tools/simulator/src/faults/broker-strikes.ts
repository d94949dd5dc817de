import type { Broker, Hindrance } from '../broker/broker.js';
import type { Fault, FAULT_KINDS } from './fault.js';
import type { System, Strike } from './system.js';

export const BROKER_STRIKES: Record<(typeof FAULT_KINDS)['broker'][number], Strike> = {
  'broker crash'(system, fault) {
    const broker = brokerOf(system, fault);
    const { actor } = broker;
    if (actor === undefined) return undefined;
    broker.crash();
    system.network.serverGone(actor);
    return () => {
      broker.start();
    };
  },
  'broker hang'(system, fault) {
    const { actor } = brokerOf(system, fault);
    if (actor !== undefined) actor.stalledUntil = system.world.now + fault.lengthMs;
    return undefined;
  },
  'broker slow'(system, fault) {
    const broker = brokerOf(system, fault);
    broker.syncMs = 1_000 + fault.choice * 1_200;
    return () => {
      broker.syncMs = 3;
    };
  },
  'broker blocked': hinderedBy('blocked'),
  'broker full': hinderedBy('full'),
  'broker not authorised': hinderedBy('not authorised'),
  'broker login refused': hinderedBy('login refused'),
  'broker ERROR without name'(system, fault) {
    brokerOf(system, fault).namelessErrorDue = true;
    return undefined;
  },
  'broker echoes'(system, fault) {
    const broker = brokerOf(system, fault);
    broker.echoes = true;
    return () => {
      broker.echoes = false;
    };
  },
  reset({ network }, { choice }) {
    const { links } = network;
    const link = links[Math.floor(choice * links.length)];
    if (link !== undefined) link.framesUntilReset = Math.floor(choice * 997) % 12;
    return undefined;
  },
  'black hole'({ network }, { choice }) {
    const { links } = network;
    const link = links[Math.floor(choice * links.length)];
    if (link !== undefined) link.blackHole = true;
    return undefined;
  },
  latency({ network }, { choice }) {
    network.extraLatencyMs = choice * 1_400;
    return () => {
      network.extraLatencyMs = 0;
    };
  },
};

function hinderedBy(hindrance: Hindrance): Strike {
  return (system, fault) => {
    const broker = brokerOf(system, fault);
    broker.hinder(hindrance);
    return () => {
      broker.hinder(undefined);
    };
  };
}

function brokerOf({ brokers }: System, { choice }: Fault): Broker {
  return brokers[Math.floor(choice * brokers.length)] ?? brokers[0];
}
