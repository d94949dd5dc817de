import type { KeyObject } from 'node:crypto';

/** What one message is encrypted with. */
export interface MessageKey {
  /** The protected header, base64url. */
  readonly header: string;
  /** The content key as the recipient gets it, base64url; empty where the recipient has it. */
  readonly encryptedKey: string;
  /** 256 bits for A256GCM. */
  readonly contentKey: Uint8Array | KeyObject;
}

/** Finds the key of the next message. Whatever a message must not share with another is made anew. */
export type MessageKeySource = () => MessageKey;
