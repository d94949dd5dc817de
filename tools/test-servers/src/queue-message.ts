/** A message as a consumer of the queue gets it. */
export interface QueueMessage {
  /** What a Java consumer would get: a TextMessage or a BytesMessage. */
  readonly kind: 'text' | 'bytes';
  readonly body: string;
  readonly priority: number;
  /** Whether the broker keeps the message over a restart. */
  readonly persistent: boolean;
  readonly properties: Readonly<Record<string, string>>;
}

/** A consumer of one queue that hands on each message and takes it off the queue. */
export interface QueueConsumer {
  close(): Promise<void>;
}

export interface QueueListener {
  message(message: QueueMessage): void;
  failed(error: Error): void;
}
