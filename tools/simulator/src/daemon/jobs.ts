import {
  type BatchOptions,
  deliverBatch,
  type DeliveryPorts,
  monitorPass,
  type MonitorStore,
} from '@comms/delivery';
import type { Job } from './daemon.js';

/** The job of a delivery daemon: one batch per poll; trouble that is no row's fault makes it pause. */
export function deliveryJob(ports: DeliveryPorts, options: BatchOptions): Job {
  const { courier } = ports;
  void courier.prepare();
  return {
    batchesInHand: 3,
    async poll() {
      const { trouble, more } = await deliverBatch(ports, options);
      return trouble ?? (more ? 'more' : 'idle');
    },
    tick: () => {
      if (courier.condition().state !== 'up') void courier.prepare();
    },
    close: () => courier.stop(),
  };
}

/** The job of comms-monitor: one pass per poll. */
export function monitorJob(store: MonitorStore): Job {
  return {
    batchesInHand: 1,
    poll: async () => ((await monitorPass(store, 100)).more ? 'more' : 'idle'),
    tick: () => undefined,
    close: () => Promise.resolve(),
  };
}
