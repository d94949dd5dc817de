/** One accepted connection, TCP or WebSocket. */
export interface Wire {
  write(data: string | Uint8Array): void;
  /** Closes once everything is written. */
  end(): void;
  /** Closes at once; over TCP with a reset. */
  reset(): void;
}
