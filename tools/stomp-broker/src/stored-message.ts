/** A message as it was sent, without the headers that were for the broker alone. */
export interface StoredMessage {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
