import type { CourierCondition } from '@comms/delivery';
import type { BrokerCode } from '../broker-codes.js';
import type { BrokerError } from '../broker-error.js';
import type { BrokerEventListener } from './broker-event.js';

/** What was last seen of the broker: the condition for health, and the events that change it. */
export class BrokerHealth {
  private latest: CourierCondition;
  /** What blocks the broker until a message is confirmed. It survives connections. */
  private block: { readonly broker: string; readonly cause: BrokerError } | undefined;

  constructor(
    broker: string,
    private readonly now: () => Date,
    private readonly emit: BrokerEventListener,
  ) {
    this.latest = { part: 'broker', state: 'unknown', since: now(), name: broker };
  }

  get condition(): CourierCondition {
    return this.latest;
  }

  /** A blocked broker that accepts a new connection has confirmed nothing yet. */
  connected(broker: string, server: string): void {
    if (this.block === undefined) this.change('up', broker);
    else this.change('blocked', this.block.broker, this.block.cause);
    this.emit({ type: 'connected', broker, server });
  }

  connectFailed(broker: string, cause: BrokerError): void {
    this.change('down', broker, cause);
    this.emit({ type: 'connect-failed', broker, code: cause.code, text: cause.message });
  }

  disconnected(broker: string, cause: BrokerError): void {
    if (this.latest.state !== 'blocked') this.change('down', broker, cause);
    this.emit({ type: 'disconnected', broker, code: cause.code, text: cause.message });
  }

  /** A put has failed. The broker is blocked where `cause` would meet every message. */
  putFailed(broker: string, cause: BrokerError): void {
    if (!BLOCKING_CODES.has(cause.code)) return;
    const before = this.block;
    this.block = { broker, cause };
    this.change('blocked', broker, cause);
    if (before === undefined) this.emit({ type: 'blocked', broker, code: cause.code, text: cause.message });
  }

  /** A message has been confirmed. */
  confirmed(broker: string): void {
    const before = this.block;
    this.block = undefined;
    this.change('up', broker);
    if (before !== undefined) this.emit({ type: 'unblocked', broker });
  }

  /** A transaction of this number of rows was refused, or its outcome is unknown. */
  transactionFailed(broker: string, rows: number, { code, message: text }: BrokerError): void {
    this.emit({ type: 'transaction-failed', broker, rows, code, text });
  }

  /** From now on transactions are no larger than this. */
  transactionsShrunk(
    broker: string,
    { rows, bytes }: { readonly rows: number; readonly bytes: number },
  ): void {
    this.emit({ type: 'transactions-shrunk', broker, rows, bytes, text: SHRUNK });
  }

  private change(state: CourierCondition['state'], name: string, cause?: BrokerError): void {
    const { state: before, since, name: broker } = this.latest;
    this.latest = {
      part: 'broker',
      state,
      name,
      since: state === before && name === broker ? since : this.now(),
      ...(cause !== undefined && { code: cause.code, text: cause.message }),
    };
  }
}

/** The broker accepts connections, but with these it accepts no message. */
const BLOCKING_CODES = new Set<BrokerCode>([
  'BROKER_BLOCKED',
  'BROKER_NOT_AUTHORISED',
  'BROKER_NO_SUCH_QUEUE',
  'BROKER_FULL',
  'BROKER_REFUSES_ALL',
]);

const SHRUNK =
  'The broker took single messages but not the transaction that held them. Its memory for the queue may be smaller ' +
  'than comms.broker.transaction-max-bytes: see memoryLimit (Classic) or max-size-bytes (Artemis).';
