/** The server's end of a link. */
export interface ServerSide {
  receive(text: string): void;
  /** The client has ended the connection. */
  ended(): void;
}
