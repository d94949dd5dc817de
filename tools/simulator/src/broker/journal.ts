import type { Random } from '../world/random.js';

interface Batch {
  readonly messages: readonly StoredMessage[];
  readonly synced: () => void;
}

/** What a broker holds: batches go to its disk in order, each wholly or not at all. */
export class Journal {
  /** On disk. */
  readonly stored: StoredMessage[] = [];
  private readonly unsynced: Batch[] = [];
  private readonly duplicateIds = new Set<string>();

  constructor(private readonly onStored: (message: StoredMessage) => void) {}

  /** Whether a message with this id is held already. */
  holds(duplicateId: string | undefined): boolean {
    return duplicateId !== undefined && this.duplicateIds.has(duplicateId);
  }

  /** Takes a batch into memory; `synced` is called when it is on disk. */
  append(messages: readonly StoredMessage[], synced: () => void): void {
    for (const { duplicateId } of messages) if (duplicateId !== undefined) this.duplicateIds.add(duplicateId);
    this.unsynced.push({ messages, synced });
  }

  syncNext(): void {
    const batch = this.unsynced.shift();
    if (batch === undefined) return;
    this.store(batch);
    batch.synced();
  }

  /** What was not synced is lost, except for a random part of it that reached the disk, in order. */
  crash(random: Random): void {
    const kept = random.int(0, this.unsynced.length);
    const lost = this.unsynced.splice(0).filter((batch, i) => {
      if (i < kept) this.store(batch);
      return i >= kept;
    });
    for (const { duplicateId } of lost.flatMap(({ messages }) => messages))
      if (duplicateId !== undefined) this.duplicateIds.delete(duplicateId);
  }

  private store({ messages }: Batch): void {
    for (const message of messages) {
      if (!message.persistent) continue;
      this.stored.push(message);
      this.onStored(message);
    }
  }
}

/** A message in a broker. */
export interface StoredMessage {
  readonly distributionId: string;
  /** Which sending of its row it is. */
  readonly sending: string;
  /** Whether it has the duplicate flag. */
  readonly marked: boolean;
  readonly persistent: boolean;
  readonly body: string;
  /** What Artemis drops repeats by. */
  readonly duplicateId: string | undefined;
}
