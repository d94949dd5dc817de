import { StompBroker } from '@comms/stomp-broker';
import type { Teardown } from '@comms/kit';
import { isOf, type OutboundBroker } from './outbound-broker.js';
import { REFUSED_CODE } from '../comms/sample-comms.js';
import { refuseCommsCode } from './refuse-comms-code.js';

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
