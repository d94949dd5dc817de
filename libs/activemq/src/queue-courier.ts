import type { Courier, CourierCondition, OutboundMessage, PutOutcome } from '@comms/delivery';
import { type BrokerConfig, longestPut } from './broker.config.js';
import { parseBrokerUrl, type BrokerUrl } from './broker-url.js';
import type { BrokerEvent, BrokerEventListener } from './link/broker-event.js';
import { BrokerHealth } from './link/broker-health.js';
import { BrokerLink, type LinkListener } from './link/broker-link.js';
import { brokerLogin } from './login/broker-login.js';
import { BatchPut } from './put/batch-put.js';
import type { PutSetting } from './put/over-connections.js';
import { TransactionCap } from './put/transaction-cap.js';
import { bareQueueName } from './queue-name.js';
import type { QueueConfig } from './queue.config.js';

/**
 * Puts messages on a queue of ActiveMQ, Classic or Artemis, over STOMP 1.2. `sent` means that the broker has confirmed
 * the message as persistent. One connection is kept open, and puts run over it one after the other. Messages that were
 * under way when it ended go alone over a second connection, while the next put uses the first.
 *
 * Each put settles within {@link longestPut} of its call. Where its turn comes too late for that, it sends nothing and its
 * messages are `untouched`. The login is read again from `broker` at each connect.
 */
export class QueueCourier implements Courier {
  readonly replacesRepeats = false;
  private readonly listeners = new Set<BrokerEventListener>();
  private readonly health: BrokerHealth;
  private readonly link: BrokerLink;
  private readonly setting: PutSetting;
  private readonly longest: number;
  private readonly turnsTogether = new Turns();
  private readonly turnsAlone = new Turns();
  private aloneLink: BrokerLink | undefined;
  private closed = false;

  constructor(broker: BrokerConfig, { queue }: QueueConfig, { now, elapsedMs, random } = REAL_WORLD) {
    const urls = urlsOf(broker);
    const { connectTimeout, receiptTimeout, transactionMaxBytes } = broker;
    const emit: BrokerEventListener = (event) => {
      this.emit(event);
    };
    this.health = new BrokerHealth(urls[0].name, now, emit);
    const open = brokerLogin(broker, emit);
    this.link = new BrokerLink({ urls, connectTimeout, open, listener: this.health, random });
    this.setting = {
      health: this.health,
      queue: bareQueueName(queue),
      cap: new TransactionCap(transactionMaxBytes),
      receiptTimeout,
      elapsedMs,
    };
    this.longest = longestPut(broker);
  }

  async put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]> {
    const deadline = this.setting.elapsedMs() + this.longest;
    const put = new BatchPut(messages, deadline, this.setting);
    await this.turnsTogether.next(() => put.putTogether(this.link));
    if (put.hasAlone) await this.turnsAlone.next(() => this.putAlone(put));
    return put.outcomes();
  }

  private async putAlone(put: BatchPut): Promise<void> {
    if (this.closed) return;
    await put.putAlone(this.link, (link) => (this.aloneLink = link.toSameBroker(IGNORED)));
    await this.aloneLink?.stop();
  }

  condition(): CourierCondition {
    return this.health.condition;
  }

  /** Connects where there is no connection. It does nothing while connected, so it may be called often. */
  async prepare(): Promise<void> {
    await this.link.prepare();
  }

  /** Ends the connection. A put under way settles within about a second; what is not confirmed by then is `unknown`. */
  async stop(): Promise<void> {
    this.closed = true;
    await Promise.all([this.link.stop(), this.aloneLink?.stop()]);
    await Promise.all([this.turnsTogether.ended(), this.turnsAlone.ended()]);
  }

  /** Passes all events to `listener`, which must not throw. Returns a function that ends the subscription. */
  subscribe(listener: BrokerEventListener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  private emit(event: BrokerEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

/** Runs one task after the other, in the order in which they came. */
class Turns {
  private last: Promise<unknown> = Promise.resolve();

  next(task: () => Promise<void>): Promise<void> {
    const done = this.last.then(task);
    this.last = done.catch(() => undefined);
    return done;
  }

  async ended(): Promise<void> {
    await this.last;
  }
}

/** Health ignores the connection of a message that goes alone: its end may be the fault of that message. */
const IGNORED: LinkListener = {
  connected: () => undefined,
  connectFailed: () => undefined,
  disconnected: () => undefined,
};

/** `elapsedMs` counts milliseconds from an arbitrary moment. Unlike `now` it never jumps. */
const REAL_WORLD = { now: () => new Date(), elapsedMs: () => performance.now(), random: Math.random };

function urlsOf({ url = [] }: BrokerConfig): [BrokerUrl, ...BrokerUrl[]] {
  const urls = url.map((text) => {
    const parsed = parseBrokerUrl(text);
    if ('problem' in parsed) throw new Error(`a URL of comms.broker.url ${parsed.problem}`);
    return parsed;
  });
  const [first, ...others] = urls;
  if (first === undefined) throw new Error('comms.broker.url is not set');
  return [first, ...others];
}
