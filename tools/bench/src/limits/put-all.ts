import type { Courier, OutboundMessage } from '@comms/delivery';

/** Puts a batch of which each message must be confirmed. */
export async function putAll(courier: Courier, messages: readonly OutboundMessage[]): Promise<void> {
  const outcomes = await courier.put(messages);
  const fault = outcomes.find(({ kind }) => kind !== 'sent');
  if (fault !== undefined) throw new Error(`a message was not confirmed: ${JSON.stringify(fault)}`);
}
