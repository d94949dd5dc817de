import type { FAULT_KINDS } from './fault.js';
import type { Strike } from './system.js';

const HOUR_MS = 3_600_000;

export const DAEMON_STRIKES: Record<(typeof FAULT_KINDS)['daemon' | 'clock'][number], Strike> = {
  kill({ deliveries }, { choice, lengthMs }) {
    deliveries.kill(Math.floor(choice * deliveries.size), lengthMs / 3);
    return undefined;
  },
  'lose machine'({ deliveries }, { choice, lengthMs }) {
    deliveries.kill(Math.floor(choice * deliveries.size), lengthMs / 3, true);
    return undefined;
  },
  roll({ deliveries, monitors }, { lengthMs }) {
    for (let i = 0; i < deliveries.size; i++) deliveries.roll(i, lengthMs / 9);
    monitors.roll(0, lengthMs / 9);
    return undefined;
  },
  stall({ world, deliveries }, { choice, lengthMs }) {
    const actor = deliveries.actor(Math.floor(choice * deliveries.size));
    actor.stalledUntil = world.now + 2 * lengthMs;
    return undefined;
  },
  'clock jump'({ world }, { choice }) {
    world.wallOffsetMs += (choice - 0.5) * 2 * HOUR_MS;
    return undefined;
  },
};
