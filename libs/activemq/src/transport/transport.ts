import type { ConnectionOptions } from 'node:tls';
import type { BrokerError } from '../broker-error.js';
import type { FrameBuffer } from '../stomp/frame-buffer.js';

/** A connection to one broker that carries frames, over TCP, TLS or WebSocket. */
export interface Transport {
  /**
   * Sends the frames in order, in as few writes as the transport allows. They must not change until they have arrived or
   * the connection has ended.
   */
  send(frames: FrameBuffer): void;
  /** Closes after all that was sent before. */
  end(): void;
  /** Closes at once; what was sent before may or may not arrive. */
  destroy(): void;
}

/** Receives the bytes of a transport, and its end. */
export interface TransportListener {
  bytes(chunk: Uint8Array): void;
  /** Called once, when the connection has ended, whichever side ended it. */
  closed(cause: BrokerError): void;
}

export interface TransportOptions {
  readonly listener: TransportListener;
  /** The authorities that the broker is verified against in place of those of Node.js, and our client certificate. */
  readonly tls: Pick<ConnectionOptions, 'ca' | 'cert' | 'key'>;
  /** Milliseconds for one address of the host's name, where it has several. */
  readonly addressTimeout: number;
  /** Aborts the connecting, which then rejects with the reason of the signal. */
  readonly signal: AbortSignal;
}
