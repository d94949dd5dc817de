/** Always the same: Artemis keeps a session in memory for each id that it has seen on a connection. */
export const TRANSACTION_ID = 't';
