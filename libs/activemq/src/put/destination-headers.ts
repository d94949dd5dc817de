import type { Dialect } from '../stomp/dialect.js';

/** Leads a message to a queue; without a type Artemis sends to a multicast address, where nobody may listen. */
export function destinationHeaders(queue: string, dialect: Dialect): Record<string, string> {
  return dialect === 'classic'
    ? { destination: `/queue/${queue}` }
    : { destination: queue, 'destination-type': 'ANYCAST' };
}
