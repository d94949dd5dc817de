import { current } from '@comms/config';
import type { Courier, CourierCondition, OutboundMessage, PutOutcome } from '@comms/delivery';
import type { BrokerConfig } from './broker.config.js';
import { parseBrokerUrl, type BrokerUrl } from './broker-url.js';
import type { BrokerEvent, BrokerEventListener } from './link/broker-event.js';
import { BrokerHealth } from './link/broker-health.js';
import { BrokerLink } from './link/broker-link.js';
import { longestPut } from './longest-put.js';
import { putBatch, type PutSetting } from './put/put-batch.js';
import { TransactionCap } from './put/transaction-cap.js';
import type { QueueConfig } from './queue.config.js';
import { bareQueueName } from './queue-name.js';
import { openSession } from './stomp/open-session.js';
import type { StompSession } from './stomp/stomp-session.js';
import { readAuthorities } from './transport/read-authorities.js';

/**
 * Puts messages on a queue of ActiveMQ, Classic or Artemis, over STOMP 1.2. `sent` means that the broker has confirmed
 * the message as persistent. One connection, kept open; puts run one after the other, each settles within
 * {@link longestPut} of its call: where its turn comes too late for that, nothing is sent and its messages are
 * `untouched`.
 */
export class QueueCourier implements Courier {
  readonly replacesRepeats = false;
  readonly #listeners = new Set<BrokerEventListener>();
  readonly #health: BrokerHealth;
  readonly #link: BrokerLink;
  readonly #setting: PutSetting;
  readonly #longest: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(broker: BrokerConfig, { queue }: QueueConfig, { now, elapsedMs, random } = REAL_WORLD) {
    const urls = urlsOf(broker);
    const { connectTimeout, receiptTimeout, transactionMaxBytes } = broker;
    const emit: BrokerEventListener = (event) => {
      this.#emit(event);
    };
    this.#health = new BrokerHealth(urls[0].name, now, emit);
    const open = opener(broker);
    this.#link = new BrokerLink({ urls, connectTimeout, open, health: this.#health, random });
    this.#setting = {
      link: this.#link,
      health: this.#health,
      queue: bareQueueName(queue),
      cap: new TransactionCap(transactionMaxBytes),
      receiptTimeout,
      elapsedMs,
    };
    this.#longest = longestPut(broker);
  }

  put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]> {
    const deadline = this.#setting.elapsedMs() + this.#longest;
    const outcomes = this.#turn.then(() => putBatch(messages, deadline, this.#setting));
    this.#turn = outcomes.catch(() => undefined);
    return outcomes;
  }

  condition(): CourierCondition {
    return this.#health.condition;
  }

  /** Does nothing while connected, so it may be called on every idle beat to come back after a loss. */
  async prepare(): Promise<void> {
    await this.#link.prepare();
  }

  /** Ends the connection. A put under way settles within about a second, what it has not confirmed as `unknown`. */
  async close(): Promise<void> {
    await this.#link.close();
    await this.#turn;
  }

  /** Tells `listener` what happens between here and the broker; it must not throw. Answers how to stop that. */
  subscribe(listener: BrokerEventListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #emit(event: BrokerEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** `elapsedMs` counts milliseconds from no particular moment and, other than `now`, never steps. */
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

function opener(broker: BrokerConfig) {
  return async (url: BrokerUrl, signal: AbortSignal): Promise<StompSession> => {
    const { username, password, heartBeat, tlsCaFile } = current(broker);
    const authorities = url.tls && tlsCaFile !== undefined ? await readAuthorities(tlsCaFile) : undefined;
    return openSession(url, { username, password, heartBeat, authorities, signal });
  };
}
