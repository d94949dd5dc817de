import { readFrame, writeFrame } from '../broker/frame-text.js';
import type { Link, Tap } from '../network/link.js';

/** Answers each request for a receipt itself, at once: the client marks its rows before the broker has said anything. */
export function forgedReceipts(link: Link): Tap {
  return {
    toServer(text) {
      for (const frame of text.split('\0').map(readFrame)) {
        const receipt = frame?.headers['receipt'];
        if (receipt !== undefined) link.fromServer(writeFrame('RECEIPT', { 'receipt-id': receipt }));
      }
      return text;
    },
    toClient: (text) => text,
  };
}
