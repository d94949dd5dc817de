/** A message in a broker. */
export interface StoredMessage {
  readonly distributionId: string;
  /** Which sending on purpose of its row it is. */
  readonly sending: string;
  /** Whether it says that it may be a repeat. */
  readonly marked: boolean;
  readonly persistent: boolean;
  readonly body: string;
  /** What Artemis drops repeats by. */
  readonly duplicateId: string | undefined;
}
