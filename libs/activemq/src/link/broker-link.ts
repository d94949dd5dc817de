import { setTimeout as pause } from 'node:timers/promises';
import { BrokerError } from '../broker-error.js';
import type { BrokerUrl } from '../broker-url.js';
import type { StompSession } from '../stomp/stomp-session.js';

/** Notified of the connections of a link as they are made and lost. */
export interface LinkListener {
  connected(broker: string, server: string): void;
  connectFailed(broker: string, cause: BrokerError): void;
  disconnected(broker: string, cause: BrokerError): void;
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

/** One connection that is kept open. It is made on request, to the first broker of the list that accepts it. */
export class BrokerLink {
  private latest: StompSession | undefined;
  private opening: Promise<StompSession> | undefined;
  /** The place in the list. It moves on where a broker cannot be reached or confirms nothing. */
  private place = 0;
  private attempt: AbortController | undefined;
  private closed = false;

  constructor(private readonly parts: BrokerLinkParts) {}

  /**
   * The open session, or a new one after at most one round through the list. Rejects with a BrokerError after at most
   * `limit` milliseconds.
   */
  async session(limit: number): Promise<StompSession> {
    if (this.latest?.open === true) return this.latest;
    return within(limit, this.connecting());
  }

  /** Connects where there is no session. Resolves when one round through the list has ended, with or without success. */
  async prepare(): Promise<void> {
    try {
      await (this.latest?.open === true || this.connecting());
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error;
    }
  }

  /** The name of the broker of the session, or of the broker that is tried next. */
  get broker(): string {
    return this.url.name;
  }

  /** Another link, only to the broker that this link is connected to or would try next. */
  toSameBroker(listener: LinkListener): BrokerLink {
    return new BrokerLink({ ...this.parts, urls: [this.url], listener });
  }

  /** The next connect begins with the next broker of the list. */
  moveOn(): void {
    this.place = (this.place + 1) % this.parts.urls.length;
  }

  /** Ends the link and its session, even if a put waits for it. */
  async stop(): Promise<void> {
    this.closed = true;
    this.attempt?.abort(new BrokerError('BROKER_CLOSED'));
    await this.opening?.catch(() => undefined);
    await this.latest?.close();
  }

  private get url(): BrokerUrl {
    const url = this.parts.urls[this.place];
    if (url === undefined) throw new Error('the list of brokers is empty');
    return url;
  }

  private connecting(): Promise<StompSession> {
    this.opening ??= this.connect().finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  private async connect(): Promise<StompSession> {
    for (let tried = 1; ; tried += 1) {
      if (this.closed) throw new BrokerError('BROKER_CLOSED');
      try {
        return await this.connectOnce();
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error;
        if (error.code !== 'BROKER_CLOSED') this.parts.listener.connectFailed(this.url.name, error);
        this.moveOn();
        if (tried === this.parts.urls.length) throw error;
      }
      await this.jitter();
    }
  }

  private async connectOnce(): Promise<StompSession> {
    const url = this.url;
    const attempt = new AbortController();
    this.attempt = attempt;
    const timer = setTimeout(() => {
      attempt.abort(new BrokerError('BROKER_TIMEOUT'));
    }, this.parts.connectTimeout);
    try {
      const session = await this.parts.open(url, attempt.signal);
      this.keep(session, url.name);
      return session;
    } finally {
      clearTimeout(timer);
    }
  }

  private keep(session: StompSession, broker: string): void {
    this.latest = session;
    this.parts.listener.connected(broker, session.server);
    void session.ended.then((cause) => {
      if (this.latest === session) this.latest = undefined;
      this.parts.listener.disconnected(broker, this.closed ? new BrokerError('BROKER_CLOSED') : cause);
    });
  }

  /** A short pause, so that the replicas of a daemon do not all connect to the next broker at once. */
  private async jitter(): Promise<void> {
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
