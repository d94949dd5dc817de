import { QueueCourier } from '@comms/activemq';
import type { OpenPeer } from '../peers/peer.js';
import { messageOf } from './message-of.js';
import { putAll } from './put-all.js';
import { openSerialLoop } from './serial-loop.js';

/** The daemon's work on database and broker one after the other, and nothing else: what a perfect serial relay does. */
export const openSerialLimit: OpenPeer = async (access) => {
  const courier = new QueueCourier(access.broker, access.queue);
  await courier.prepare();
  return openSerialLoop(access, (distributions) => putAll(courier, distributions.map(messageOf)));
};
