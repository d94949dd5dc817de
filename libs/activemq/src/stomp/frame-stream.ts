import type { FrameImpl } from '@stomp/stompjs';
import { BrokerError } from '../broker-error.js';
import type { BrokerUrl } from '../broker-url.js';
import { openSocket } from '../transport/socket-transport.js';
import type { Transport, TransportOptions } from '../transport/transport.js';
import { openWebSocket } from '../transport/web-socket-transport.js';
import type { FrameBuffer } from './frame-buffer.js';
import { FrameReader } from './frame-reader.js';

/** Receives the frames of a stream, and its end. */
export interface FrameListener {
  frame(frame: FrameImpl): void;
  /** Called once; nothing comes after it. */
  lost(cause: BrokerError): void;
}

/** Frames to and from one broker, over any transport. */
export class FrameStream {
  /** How often something was sent and how often something was read, for the heart-beats. */
  sends = 0;
  reads = 0;
  private ended = false;
  private readonly reader = new FrameReader();
  private transport: Transport | undefined;

  constructor(private listener: FrameListener) {}

  /** Rejects with a BrokerError, or with the reason of the signal. */
  async connect(url: BrokerUrl, options: Omit<TransportOptions, 'listener'>): Promise<void> {
    const open = url.transport === 'tcp' ? openSocket : openWebSocket;
    this.transport = await open(url, { ...options, listener: this.events });
  }

  /** From now on another listener receives the frames. */
  handOver(listener: FrameListener): void {
    this.listener = listener;
  }

  /** The frames must not change until they have arrived. */
  send(frames: FrameBuffer): void {
    if (this.ended) return;
    this.sends += 1;
    this.transport?.send(frames);
  }

  /** Closes after all that was sent before. The listener's `lost` is called when that is done. */
  end(): void {
    this.transport?.end();
  }

  /** Closes at once, and passes the reason to the listener. */
  destroy(cause: BrokerError): void {
    if (this.ended) return;
    this.ended = true;
    this.transport?.destroy();
    this.listener.lost(cause);
  }

  private readonly events = {
    bytes: (chunk: Uint8Array) => {
      this.reads += 1;
      try {
        for (const frame of this.reader.read(chunk)) if (!this.ended) this.listener.frame(frame);
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error;
        this.destroy(error);
      }
    },
    closed: (cause: BrokerError) => {
      this.destroy(cause);
    },
  };
}
