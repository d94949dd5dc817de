import type { Courier, CourierCondition, OutboundMessage, PutOutcome } from '@comms/delivery';
import { DirectoryState } from './directory-state.js';
import { syncDirectory, writeDurably } from './durable-file.js';
import { errnoOf } from './errno.js';
import { sweepUnfinished } from './sweep-unfinished.js';

/**
 * Puts one file a message into a directory: `<distribution id>.json`, or `.jwe` when encrypted. `sent` means that the
 * file and its directory entry are synced; the reference is the file's name. A message that is put again replaces its
 * own file, so a repeat shows as one file.
 */
export class FileCourier implements Courier {
  readonly replacesRepeats = true;
  private readonly state: DirectoryState;

  constructor(private readonly directory: string) {
    this.state = new DirectoryState(directory);
  }

  async put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]> {
    const outcomes = await this.writeAll(messages);
    if (!outcomes.some(({ kind }) => kind === 'sent')) return outcomes;
    try {
      await syncDirectory(this.directory);
      if (outcomes.every(({ kind }) => kind !== 'untouched')) this.state.up();
      return outcomes;
    } catch (error) {
      const unknown: PutOutcome = { kind: 'unknown', ...this.state.down(error) };
      return outcomes.map((outcome) => (outcome.kind === 'sent' ? unknown : outcome));
    }
  }

  condition(): CourierCondition {
    return this.state.condition();
  }

  async prepare(): Promise<void> {
    try {
      await sweepUnfinished(this.directory);
      this.state.up();
    } catch (error) {
      this.state.down(error);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async writeAll(messages: readonly OutboundMessage[]): Promise<PutOutcome[]> {
    const outcomes = new Array<PutOutcome>(messages.length).fill(NOT_TRIED);
    let trouble: PutOutcome | undefined;
    const queue = messages.entries();
    const writer = async () => {
      for (const [i, message] of queue) {
        const outcome: PutOutcome = trouble ?? (await this.write(message));
        if (outcome.kind === 'untouched') trouble = outcome;
        outcomes[i] = outcome;
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    return outcomes;
  }

  private async write(message: OutboundMessage): Promise<PutOutcome> {
    const name = fileName(message);
    try {
      await writeDurably(this.directory, name, message.body);
      return { kind: 'sent', reference: name };
    } catch (error) {
      if (errnoOf(error) === 'EISDIR') return NAME_TAKEN;
      return { kind: 'untouched', ...this.state.down(error) };
    }
  }
}

/** Files that are written at once: libuv's default number of threads, so that their syncs overlap. */
const WRITERS = 4;

const NOT_TRIED: PutOutcome = {
  kind: 'untouched',
  code: 'DIRECTORY_NOT_TRIED',
  text: 'The file was not written, because an earlier one of its batch could not be.',
};

/** The one fault of a single file; every other one would meet each file of the directory. */
const NAME_TAKEN: PutOutcome = {
  kind: 'retry',
  code: 'FILE_NAME_TAKEN',
  text: 'The name of this file is taken by a directory.',
};

function fileName({ distribution, contentType }: OutboundMessage): string {
  return `${distribution.distributionId}.${contentType === 'application/jose' ? 'jwe' : 'json'}`;
}
