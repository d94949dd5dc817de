import type { OutboundMessage } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import { createDocumentWriter, isSendable } from '@comms/message-json';

const write = createDocumentWriter();

/** The message of a row, as the daemon encodes it: plain JSON. */
export function messageOf(distribution: Distribution): OutboundMessage {
  if (!isSendable(distribution)) throw new Error('a row without a message');
  const body = write(distribution, new Date());
  return { distribution, contentType: 'application/json', body, possibleDuplicate: false };
}
