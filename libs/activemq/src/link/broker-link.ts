import { setTimeout as pause } from 'node:timers/promises';
import { BrokerError } from '../broker-error.js';
import type { BrokerUrl } from '../broker-url.js';
import type { StompSession } from '../stomp/stomp-session.js';

/** Told of the connections of a link, as they come and go. */
export interface LinkListener {
  connected(broker: string, server: string): void;
  connectFailed(broker: string, fault: BrokerError): void;
  disconnected(broker: string, fault: BrokerError): void;
}

export interface BrokerLinkParts {
  /** At least one; tried in turn. */
  readonly urls: readonly BrokerUrl[];
  /** Milliseconds for one broker. */
  readonly connectTimeout: number;
  readonly open: (url: BrokerUrl, signal: AbortSignal) => Promise<StompSession>;
  readonly listener: LinkListener;
  /** 0 to 1. */
  readonly random: () => number;
}

/** One connection, kept open: made when it is asked for, to the first broker of the list that lets us in. */
export class BrokerLink {
  #session: StompSession | undefined;
  #opening: Promise<StompSession> | undefined;
  /** Where in the list we are: it moves on where a broker can't be reached or confirms nothing. */
  #place = 0;
  #attempt: AbortController | undefined;
  #closed = false;

  constructor(private readonly parts: BrokerLinkParts) {}

  /**
   * The open session, or a new one after at most one round through the list. Rejects with a BrokerError, after `limit`
   * milliseconds at the latest.
   */
  async session(limit: number): Promise<StompSession> {
    if (this.#session?.open === true) return this.#session;
    return within(limit, this.#connecting());
  }

  /** Connects where there is no session; resolves when one round through the list has ended, well or not. */
  async prepare(): Promise<void> {
    try {
      await (this.#session?.open === true || this.#connecting());
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error;
    }
  }

  /** The name of the broker that the session is with, or that is tried next. */
  get broker(): string {
    return this.#url.name;
  }

  /** Another link, to the broker that this one is with or would try next, and to no other. */
  toSameBroker(listener: LinkListener): BrokerLink {
    return new BrokerLink({ ...this.parts, urls: [this.#url], listener });
  }

  /** The next connect begins with the next broker of the list. */
  moveOn(): void {
    this.#place = (this.#place + 1) % this.parts.urls.length;
  }

  /** Ends the session, whatever waits for it, and the link. */
  async stop(): Promise<void> {
    this.#closed = true;
    this.#attempt?.abort(new BrokerError('BROKER_CLOSED'));
    await this.#opening?.catch(() => undefined);
    await this.#session?.close();
  }

  get #url(): BrokerUrl {
    const url = this.parts.urls[this.#place];
    if (url === undefined) throw new Error('the list of brokers is empty');
    return url;
  }

  #connecting(): Promise<StompSession> {
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #connect(): Promise<StompSession> {
    for (let tried = 1; ; tried += 1) {
      if (this.#closed) throw new BrokerError('BROKER_CLOSED');
      try {
        return await this.#connectOnce();
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error;
        if (error.code !== 'BROKER_CLOSED') this.parts.listener.connectFailed(this.#url.name, error);
        this.moveOn();
        if (tried === this.parts.urls.length) throw error;
      }
      await this.#jitter();
    }
  }

  async #connectOnce(): Promise<StompSession> {
    const url = this.#url;
    const attempt = new AbortController();
    this.#attempt = attempt;
    const timer = setTimeout(() => {
      attempt.abort(new BrokerError('BROKER_TIMEOUT'));
    }, this.parts.connectTimeout);
    try {
      const session = await this.parts.open(url, attempt.signal);
      this.#keep(session, url.name);
      return session;
    } finally {
      clearTimeout(timer);
    }
  }

  #keep(session: StompSession, broker: string): void {
    this.#session = session;
    this.parts.listener.connected(broker, session.server);
    void session.ended.then((fault) => {
      if (this.#session === session) this.#session = undefined;
      this.parts.listener.disconnected(broker, this.#closed ? new BrokerError('BROKER_CLOSED') : fault);
    });
  }

  /** A little, so that the replicas of a daemon do not all knock at the next door at once. */
  async #jitter(): Promise<void> {
    await pause(this.parts.random() * MAX_JITTER_MS);
  }
}

const MAX_JITTER_MS = 250;

async function within<T>(limit: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, limit, new BrokerError('BROKER_PUT_TIMEOUT'));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
