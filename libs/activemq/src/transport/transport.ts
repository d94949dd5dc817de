import type { BrokerError } from '../broker-error.js';
import type { FrameBuffer } from '../stomp/frame-buffer.js';

/** A connection to one broker that carries frames, over TCP, TLS or WebSocket. */
export interface Transport {
  /**
   * Sends the frames in order, in as few writes as the transport allows. They must not change before they have arrived or
   * the connection has ended.
   */
  send(frames: FrameBuffer): void;
  /** Closes after what was sent before. */
  end(): void;
  /** Closes at once; what was sent before may or may not arrive. */
  destroy(): void;
}

/** Who hears of a transport. */
export interface TransportListener {
  bytes(chunk: Uint8Array): void;
  /** Called once, when the connection has ended, whoever ended it. */
  closed(fault: BrokerError): void;
}

export interface TransportOptions {
  readonly listener: TransportListener;
  /** PEM certificates to verify the broker against; undefined for those that Node.js ships. */
  readonly authorities: string | undefined;
  /** Gives up connecting. Its reason is what the opening rejects with. */
  readonly signal: AbortSignal;
}
