/** A message as a consumer of the queue gets it. */
export interface QueueMessage {
  /** What a Java consumer gets: a TextMessage or a BytesMessage. */
  readonly kind: 'text' | 'bytes';
  readonly body: string;
  readonly priority: number;
  /** Whether the broker keeps the message over a restart. */
  readonly persistent: boolean;
  readonly contentType: string | undefined;
  /** JMSType. */
  readonly type: string | undefined;
  /** JMSCorrelationID. */
  readonly correlationId: string | undefined;
  /** All properties of the message, also those that the broker added. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Called by a consumer of a queue. */
export interface QueueListener {
  /** From now on the broker sends what it has. */
  opened(): void;
  /** The message is off the queue then. */
  message(message: QueueMessage): void;
  failed(error: Error): void;
}

/** Ends a consumer of a queue. */
export type CloseConsumer = () => Promise<void>;
