import { Database, PostgresDistributionStore } from '@comms/distribution-store';
import type { Courier, DeliveredVerdict, OutboundMessage } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import { createDocumentWriter, isSendable } from '@comms/message-json';
import type { PeerAccess } from '../peers/peer.js';

/** The store of push-to-handset, as the daemon makes it. */
export function storeOf({ datasource }: PeerAccess): PostgresDistributionStore {
  const process = 'comms-bench';
  return new PostgresDistributionStore(new Database(datasource, process), {
    schema: datasource.schema,
    mode: 'send-before',
    process,
    method: 'PUSH',
  });
}

const write = createDocumentWriter();

/** The message of a row, as the daemon encodes it: plain JSON. */
export function messageOf(distribution: Distribution): OutboundMessage {
  if (!isSendable(distribution)) throw new Error('a row without a message');
  const body = write(distribution, new Date());
  return { distribution, contentType: 'application/json', body, possibleDuplicate: false };
}

/** Puts a batch of which each message must be confirmed. */
export async function putAll(courier: Courier, messages: readonly OutboundMessage[]): Promise<void> {
  const outcomes = await courier.put(messages);
  const fault = outcomes.find(({ kind }) => kind !== 'sent');
  if (fault !== undefined) throw new Error(`a message was not confirmed: ${JSON.stringify(fault)}`);
}

/** The verdicts on rows that are all delivered. */
export function sent(distributions: readonly Distribution[]): DeliveredVerdict[] {
  return distributions.map(({ distributionId }) => ({ distributionId, status: 'S' }));
}
