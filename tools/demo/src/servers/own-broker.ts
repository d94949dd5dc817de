import { type FrameScript, StompBroker } from '@comms/stomp-broker';
import type { Teardown } from '@comms/kit';
import { isOf, type OutboundBroker } from './outbound-broker.js';
import { REFUSED_CODE } from '../comms/sample-comms.js';

/** Starts this repository's small STOMP broker, inside this process. */
export async function ownBroker(teardown: Teardown): Promise<OutboundBroker> {
  const { script, relent } = refuseCommsCode(REFUSED_CODE);
  const starting = StompBroker.start({ onFrame: script });
  teardown.add('broker', async () => (await starting).stop());
  const broker = await starting;
  return {
    url: `stomp://127.0.0.1:${broker.port}`,
    isOwn: true,
    look: (queue, ids) => Promise.resolve(broker.messages(queue).filter((message) => isOf(ids, message))),
    relent,
  };
}

/** A broker that refuses all messages of one comms code, until it relents. */
interface Refusing {
  readonly script: FrameScript;
  readonly relent: () => void;
}

/**
 * Makes the demo's broker refuse messages, as a broker with a policy might. A single message gets an ERROR. A
 * transaction with such a message is dropped, and its COMMIT gets the ERROR.
 */
export function refuseCommsCode(commsCode: string): Refusing {
  const spoilt = new Set<string>();
  let relented = false;
  return {
    relent: () => {
      relented = true;
    },
    script: ({ command, headers }, client) => {
      const { transaction } = headers;
      const key = `${client.number} ${transaction ?? ''}`;
      if (command === 'COMMIT' && spoilt.delete(key)) return { refuse: REASON };
      if (relented || command !== 'SEND' || headers['commsCode'] !== commsCode) return 'handle';
      if (transaction === undefined) return { refuse: REASON };
      spoilt.add(key);
      return 'ignore';
    },
  };
}

const REASON = 'refused by the policy of this broker';
