import type { FrameImpl } from '@stomp/stompjs';
import { BrokerError } from '../broker-error.js';
import type { BrokerUrl } from '../broker-url.js';
import { openTransport } from '../transport/open-transport.js';
import type { Transport, TransportOptions } from '../transport/transport.js';
import type { FrameBuffer } from './frame-buffer.js';
import { FrameReader } from './frame-reader.js';

/** Who hears of a stream. */
export interface FrameListener {
  frame(frame: FrameImpl): void;
  /** Called once; nothing more comes. */
  lost(fault: BrokerError): void;
}

/** Frames to and from one broker, over any transport. */
export class FrameStream {
  /** Counts of what went each way, for the heart-beats. */
  sends = 0;
  hearings = 0;
  #listener: FrameListener;
  #over = false;
  readonly #reader = new FrameReader();
  #transport: Transport | undefined;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  /** Rejects with a BrokerError, or with the reason of the signal. */
  async connect(url: BrokerUrl, options: Omit<TransportOptions, 'listener'>): Promise<void> {
    this.#transport = await openTransport(url, { ...options, listener: this.#events });
  }

  /** From now on another one hears of the stream. */
  handOver(listener: FrameListener): void {
    this.#listener = listener;
  }

  /** Until they have arrived the frames must not change. */
  send(frames: FrameBuffer): void {
    if (this.#over) return;
    this.sends += 1;
    this.#transport?.send(frames);
  }

  /** Closes after what was sent before; the listener hears when it is done. */
  end(): void {
    this.#transport?.end();
  }

  /** Closes at once, and tells the listener why. */
  destroy(fault: BrokerError): void {
    if (this.#over) return;
    this.#over = true;
    this.#transport?.destroy();
    this.#listener.lost(fault);
  }

  readonly #events = {
    bytes: (chunk: Uint8Array) => {
      this.hearings += 1;
      try {
        for (const frame of this.#reader.read(chunk)) if (!this.#over) this.#listener.frame(frame);
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error;
        this.destroy(error);
      }
    },
    closed: (fault: BrokerError) => {
      this.destroy(fault);
    },
  };
}
