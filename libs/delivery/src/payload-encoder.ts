import type { Distribution } from '@comms/distribution';
import type { OutboundMessage } from './outbound-message.js';
import type { RowFault } from './distribution-store.js';

/** Turns a distribution into the payload that is put: plain or encrypted JSON. */
export interface PayloadEncoder {
  /** A distribution that has no text to send is a fault of the row; it is never put. */
  encode(distribution: Distribution): EncodedPayload | { readonly fault: RowFault };
}

export type EncodedPayload = Pick<OutboundMessage, 'contentType' | 'body' | 'environment' | 'expiresAt'>;
