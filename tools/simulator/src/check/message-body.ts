import type { EncodedPayload, PayloadEncoder, RowFault } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';

/** What the message of a row must hold: it names its row and its sending, so that no mix-up goes unseen. */
export function messageBody({ distributionId, sending }: MessageName): string {
  return `{"distributionId":"${distributionId}","sending":"${sending}","message":"text ${distributionId}"}`;
}

export type MessageName = Pick<Distribution, 'distributionId' | 'sending'>;

/** Encodes as the daemons do: a row without text is never put. */
export const simulatedEncoder: PayloadEncoder = {
  encode(distribution: Distribution): EncodedPayload | { readonly fault: RowFault } {
    if (distribution.message === null) return { fault: { code: 'MESSAGE_MISSING', text: 'No text.' } };
    return { contentType: 'application/json', body: messageBody(distribution) };
  },
};
