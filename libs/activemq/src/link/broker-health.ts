import type { CourierCondition } from '@comms/delivery';
import type { BrokerCode, BrokerError } from '../broker-error.js';
import type { BrokerEventListener } from './broker-event.js';

/** What was last seen of the broker: the condition for health, and the events that lead from one to the next. */
export class BrokerHealth {
  #condition: CourierCondition;
  /** What was said of the block that no confirmation has ended yet; it outlasts connections. */
  #block: { readonly broker: string; readonly fault: BrokerError } | undefined;

  constructor(
    broker: string,
    private readonly now: () => Date,
    private readonly emit: BrokerEventListener,
  ) {
    this.#condition = { part: 'broker', state: 'unknown', since: now(), name: broker };
  }

  get condition(): CourierCondition {
    return this.#condition;
  }

  /** A blocked broker that lets us in again has confirmed nothing yet. */
  connected(broker: string, server: string): void {
    if (this.#block === undefined) this.#become('up', broker);
    else this.#become('blocked', this.#block.broker, this.#block.fault);
    this.emit({ type: 'connected', broker, server });
  }

  connectFailed(broker: string, fault: BrokerError): void {
    this.#become('down', broker, fault);
    this.emit({ type: 'connect-failed', broker, code: fault.code, text: fault.message });
  }

  disconnected(broker: string, fault: BrokerError): void {
    if (this.#condition.state !== 'blocked') this.#become('down', broker, fault);
    this.emit({ type: 'disconnected', broker, code: fault.code, text: fault.message });
  }

  /** Messages were put in vain; the broker is blocked where `fault` keeps every message from it. */
  putInVain(broker: string, fault: BrokerError): void {
    if (!KEEPS_FROM_PUTTING.has(fault.code)) return;
    const before = this.#block;
    this.#block = { broker, fault };
    this.#become('blocked', broker, fault);
    if (before === undefined) this.emit({ type: 'blocked', broker, code: fault.code, text: fault.message });
  }

  /** A message has been confirmed. */
  confirmed(broker: string): void {
    const before = this.#block;
    this.#block = undefined;
    this.#become('up', broker);
    if (before !== undefined) this.emit({ type: 'unblocked', broker });
  }

  /** A transaction of so many rows was refused, or its outcome is unknown. */
  transactionFailed(broker: string, rows: number, { code, message: text }: BrokerError): void {
    this.emit({ type: 'transaction-failed', broker, rows, code, text });
  }

  /** Transactions are no larger than this from now on. */
  transactionsShrunk(
    broker: string,
    { rows, bytes }: { readonly rows: number; readonly bytes: number },
  ): void {
    this.emit({ type: 'transactions-shrunk', broker, rows, bytes, text: SHRUNK });
  }

  #become(state: CourierCondition['state'], name: string, fault?: BrokerError): void {
    const { state: before, since, name: broker } = this.#condition;
    this.#condition = {
      part: 'broker',
      state,
      name,
      since: state === before && name === broker ? since : this.now(),
      ...(fault !== undefined && { code: fault.code, text: fault.message }),
    };
  }
}

/** The broker lets us in, but these keep every message from it. */
const KEEPS_FROM_PUTTING = new Set<BrokerCode>([
  'BROKER_BLOCKED',
  'BROKER_NOT_AUTHORISED',
  'BROKER_NO_SUCH_QUEUE',
  'BROKER_FULL',
  'BROKER_REFUSES_ALL',
]);

const SHRUNK =
  'The broker took single messages but not the transaction that held them. Its memory for the queue may be smaller ' +
  'than comms.broker.transaction-max-bytes: see memoryLimit (Classic) or max-size-bytes (Artemis).';
