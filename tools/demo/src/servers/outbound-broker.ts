import type { RequestIds } from '../comms/sample-comms.js';

/** A message on a queue. */
export interface QueuedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The broker that the daemons put messages on: the demo's own, or a real one. */
export interface OutboundBroker {
  /** For `comms.broker.url`. */
  readonly url: string;
  /** Whether it is the demo's own, which asks for no login. */
  readonly isOwn: boolean;
  /** The messages of these comms on a queue; they stay there. `count` is how many there should be. */
  look(queue: string, ids: RequestIds, count: number): Promise<readonly QueuedMessage[]>;
  /** Only where it refuses `REFUSED_CODE`: it no longer does. */
  readonly relent?: () => void;
}

/** Whether a message is of one of these comms. */
export function isOf({ first, last }: RequestIds, { headers }: QueuedMessage): boolean {
  const id = Number(headers['commsRequestId']);
  return id >= first && id <= last;
}
