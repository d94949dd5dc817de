import type { PeerAccess } from './read-access.js';

/** A way to bring rows to the queue that our daemon is measured against. */
interface Peer {
  /** Outside the clock, once the rows are there. */
  prepare?(): Promise<void>;
  /** Works on what waits until it is told to rest; resolves once it has begun. Failures end the process. */
  begin(): Promise<void>;
  /** Resolves when nothing is in hand any more. */
  rest(): Promise<void>;
}

/** Connects to database and broker. */
export type OpenPeer = (access: PeerAccess) => Promise<Peer>;
