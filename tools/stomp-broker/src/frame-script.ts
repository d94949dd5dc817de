import type { Frame } from './frames.js';

/** Called for each frame before the broker acts on it; frames that follow wait until its promise is settled. */
export type FrameScript = (frame: Frame, client: ScriptedClient) => Reaction | Promise<Reaction>;

/**
 * What the broker does with a frame.
 * - `handle`: as a broker does.
 * - `handle-silently`: act on it, and send no response.
 * - `handle-and-reset`: act on it, then reset the connection in place of the response.
 * - `ignore`: neither act nor respond.
 * - `reset`: reset the connection, do not act.
 */
export type Reaction =
  'handle' | 'handle-silently' | 'handle-and-reset' | 'ignore' | 'reset' | Refusal | RawAnswer;

/** An ERROR frame; the frame is not acted on. */
export interface Refusal {
  readonly refuse: string;
  /** Another receipt id than the frame's own, or `false` for an ERROR without. */
  readonly receiptId?: string | false;
  /** Whether the connection is closed afterwards. */
  readonly close?: boolean;
}

/** These bytes are sent; the frame is not acted on. */
export interface RawAnswer {
  readonly raw: string | Uint8Array;
}

/** The connection that a frame came by. */
export interface ScriptedClient {
  /** 1 for the first connection that the broker accepted, and so on. */
  readonly number: number;
  send(command: string, headers: Readonly<Record<string, string>>, body?: string): void;
  reset(): void;
}
