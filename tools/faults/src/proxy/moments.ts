import type { Unit } from './unit.js';

/** Frames and messages at which faults strike. */
type Moment = (unit: Unit) => boolean;

/** A STOMP frame to the broker, such as `COMMIT`; `nth` of its kind on its connection. */
export function frameUp(command: string, nth = 1): Moment {
  const seen = new Map<number, number>();
  return ({ direction, name, connection }) => {
    if (direction !== 'up' || name !== command) return false;
    const count = (seen.get(connection) ?? 0) + 1;
    seen.set(connection, count);
    return count === nth;
  };
}

/** A STOMP frame from the broker, such as `RECEIPT`. */
export function frameDown(command: string): Moment {
  return ({ direction, name }) => direction === 'down' && name === command;
}

/** SQL on its way to the database. */
function sqlUp(pattern: RegExp): Moment {
  return ({ direction, name, text }) => direction === 'up' && /^[QP]$/.test(name) && pattern.test(text);
}

/** The claim of a batch, with its locks. */
export const CLAIM = sqlUp(/FOR UPDATE SKIP LOCKED/);

/** What may be put is being announced. */
export const ANNOUNCE = sqlUp(/INSERT INTO .*comms_put_announcement/s);

/** The status of rows is being written. */
export const UPDATE = sqlUp(/UPDATE .* SET distribution_status/s);

/** The commit of a recorded batch, on its way to the database. */
export const COMMIT = sqlUp(/COMMIT$/);

/** The database's word that a batch is recorded. */
export const COMMITTED: Moment = ({ direction, name, text }) =>
  direction === 'down' && name === 'C' && text === 'COMMIT';

/** comms-monitor is about to make the entries of targets. */
export const MAKE_ENTRIES = sqlUp(/INSERT INTO .*comms_request_target_distribution/s);

/** The database's word that the entries of 10 targets are made. */
export const ENTRIES_MADE: Moment = ({ direction, name, text }) =>
  direction === 'down' && name === 'C' && text === 'UPDATE 10';
