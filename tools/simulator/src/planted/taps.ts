import { encodeFrame, FrameSplitter } from '@comms/stomp-broker';
import type { Link, Tap } from '../network/link.js';

/** Sends a receipt for each request at once: the client records its rows before the broker has responded. */
export function forgedReceipts(link: Link): Tap {
  const splitter = new FrameSplitter();
  return {
    toServer(text) {
      for (const { headers } of splitter.push(Buffer.from(text))) {
        const { receipt } = headers;
        if (receipt !== undefined) link.fromServer(encodeFrame('RECEIPT', { 'receipt-id': receipt }));
      }
      return text;
    },
    toClient: (text) => text,
  };
}

/** Hides each ERROR that names no receipt while the client waits for the receipt of a COMMIT, which it then believes. */
export function swallowedErrors(): Tap {
  let committing = false;
  return {
    toServer(text) {
      committing ||= text.includes('COMMIT\n');
      return text;
    },
    toClient(text) {
      if (committing && text.startsWith('ERROR') && !text.includes('receipt-id')) return undefined;
      committing &&= !text.includes('receipt-id');
      return text;
    },
  };
}
