import { BROKER_CODES, type BrokerCode } from './broker-codes.js';

/** Why the broker cannot be used, or what it refused. The message is a sentence for the operator and holds no data of a row. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';

  /** What was seen, in one or two words, such as `AMQ229102`. */
  readonly detail: string | undefined;

  constructor(
    readonly code: BrokerCode,
    { detail, hint, cause }: BrokerErrorOptions = {},
  ) {
    const seen = detail === undefined ? '' : ` (${detail})`;
    super(`${BROKER_CODES[code].meaning}.${seen}${hint === undefined ? '' : ` ${hint}`}`, { cause });
    this.detail = detail;
  }
}

interface BrokerErrorOptions {
  readonly detail?: string | undefined;
  /** One more sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}
