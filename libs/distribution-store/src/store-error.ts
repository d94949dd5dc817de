import { STORE_CODES, STORE_HEALING_CODES, type StoreErrorCode } from './store-codes.js';

/**
 * Any failure at the database. It has no `cause`, because the driver's errors quote rows, and it never holds a value of
 * one. `sqlState` is PostgreSQL's own code, where there is one.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly code: StoreErrorCode,
    message = `${STORE_CODES[code].meaning}.`,
    readonly sqlState?: string,
  ) {
    super(message);
  }

  /**
   * Whether certain rows are at fault, as for an error of a constraint or trigger. They are not at fault for an error
   * of the connection, of resources, of an operator, of other sessions, or of a table that cannot be reached.
   */
  get ofRows(): boolean {
    return this.sqlState !== undefined && !CLASSES_OF_NO_ROW.includes(this.sqlState.slice(0, 2));
  }

  /** Whether it heals without a person's help. */
  get retryable(): boolean {
    return Object.hasOwn(STORE_HEALING_CODES, this.code);
  }
}

/**
 * Connection, triggered connection (foreign data), transaction state, login, catalogue, conflicts, resources, limits, locks,
 * operator, system, configuration.
 */
const CLASSES_OF_NO_ROW = ['08', 'HV', '25', '28', '3D', '40', '53', '54', '55', '57', '58', 'F0'];
