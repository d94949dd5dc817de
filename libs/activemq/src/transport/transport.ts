import type { ConnectionOptions } from 'node:tls';
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
  /** Whom the broker is verified against, in place of those that Node.js ships, and what it is shown of us. */
  readonly tls: Pick<ConnectionOptions, 'ca' | 'cert' | 'key'>;
  /** Milliseconds for one address of the host's name, where it has several. */
  readonly addressTimeout: number;
  /** Gives up connecting. Its reason is what the opening rejects with. */
  readonly signal: AbortSignal;
}
