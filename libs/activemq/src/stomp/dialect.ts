/** The broker's product. The two differ in how a queue is named, in receipts and in whether repeats are dropped. */
export type Dialect = 'classic' | 'artemis';

/** Decided by the `server` header of CONNECTED. A broker that does not name Artemis is treated as Classic. */
export function dialectOf(server: string): Dialect {
  return /artemis/i.test(server) ? 'artemis' : 'classic';
}

/** Sends a message to a queue. Without a type Artemis sends to a multicast address, which may have no consumer. */
export function destinationHeaders(queue: string, dialect: Dialect): Record<string, string> {
  return dialect === 'classic'
    ? { destination: `/queue/${queue}` }
    : { destination: queue, 'destination-type': 'ANYCAST' };
}

/** Always the same: Artemis keeps a session in memory for each id that it has seen on a connection. */
export const TRANSACTION_ID = 't';

/**
 * Whether each message of a transaction asks for a receipt. Artemis may confirm a COMMIT before it reports the messages
 * that it has refused, so that only their own receipts prove that it took them. On Classic such receipts come before COMMIT
 * and prove nothing: with them it confirms a COMMIT that lacks messages. Without them a SEND for which there is no room makes the COMMIT fail.
 */
export const CONFIRMS_EACH: Readonly<Record<Dialect, boolean>> = { artemis: true, classic: false };

/**
 * Whether a broker ends the connection after an ERROR. Artemis does. What it has read by then gets an ERROR too, by name, and
 * nothing is wrong with it. So on Artemis only the first ERROR of a connection says anything of a single message.
 */
export const ENDS_AFTER_ERROR: Readonly<Record<Dialect, boolean>> = { artemis: true, classic: false };
