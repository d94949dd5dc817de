import type {
  Courier,
  CourierCondition,
  DeliveryTrouble,
  OutboundMessage,
  PutOutcome,
} from '@comms/delivery';
import { DirectoryError } from './directory-error.js';
import { DirectoryState } from './directory-state.js';
import { writeDurably } from './durable-file.js';
import { OpenDirectory } from './open-directory.js';
import { probeDirectory } from './probe-directory.js';
import type { OnShortcoming, Shortcoming } from './shortcoming.js';
import { sweepUnfinished } from './sweep-unfinished.js';

/**
 * Puts one file a message into a directory: `<distribution id>.json`, or `.jwe` when encrypted. `sent` means that the
 * file and its directory entry are synced, the latter where the file system can; the reference is the file's name. A
 * message that is put again replaces its own file, so a repeat shows as one file.
 *
 * A reader may take a file at once, and then a repeat shows as a second one. So the directory is opened before any file
 * is visible, and once an outcome was unknown no file is put until a file that no reader takes has gone all the way.
 */
export class FileCourier implements Courier {
  readonly replacesRepeats = true;
  private readonly state: DirectoryState;
  private readonly told = new Set<Shortcoming['code']>();
  /** How often there was cause to try the directory, and how many of these causes a later try has settled. */
  private doubts = 1;
  private settled = 0;

  /** @param onShortcoming is told once of each thing that the file system lacks */
  constructor(
    private readonly directory: string,
    private readonly onShortcoming: OnShortcoming = () => undefined,
  ) {
    this.state = new DirectoryState(directory);
  }

  async put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]> {
    try {
      if (this.settled < this.doubts) await this.probe();
      const directory = await OpenDirectory.open(this.directory, this.tellOnce);
      try {
        return await this.putInto(directory, messages);
      } finally {
        await directory.stop();
      }
    } catch (error) {
      const untouched: PutOutcome = { kind: 'untouched', ...this.troubleOf(error) };
      return messages.map(() => untouched);
    }
  }

  condition(): CourierCondition {
    return this.state.condition();
  }

  async prepare(): Promise<void> {
    try {
      await this.probe();
      this.state.up();
      await sweepUnfinished(this.directory);
    } catch (error) {
      this.troubleOf(error);
    }
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  private async probe(): Promise<void> {
    const { doubts } = this;
    await probeDirectory(this.directory, this.tellOnce);
    this.settled = Math.max(this.settled, doubts);
  }

  private async putInto(directory: OpenDirectory, messages: readonly OutboundMessage[]) {
    const written = await this.writeAll(directory, messages);
    const outcomes = written.some(({ kind }) => kind === 'sent')
      ? await this.syncNames(directory, written)
      : written;
    if (outcomes.some(({ kind }) => kind === 'unknown')) this.doubts += 1;
    else if (outcomes.every(({ kind }) => kind !== 'untouched')) this.state.up();
    return outcomes;
  }

  private async syncNames(directory: OpenDirectory, written: PutOutcome[]): Promise<PutOutcome[]> {
    try {
      await directory.sync();
      return written;
    } catch (error) {
      const unknown: PutOutcome = { kind: 'unknown', ...this.troubleOf(error) };
      return written.map((outcome) => (outcome.kind === 'sent' ? unknown : outcome));
    }
  }

  private async writeAll(directory: OpenDirectory, messages: readonly OutboundMessage[]) {
    const outcomes = new Array<PutOutcome>(messages.length).fill(NOT_TRIED);
    let stopped = false;
    const queue = messages.entries();
    const writer = async () => {
      for (const [i, message] of queue) {
        if (stopped) return;
        const outcome = await this.write(directory, message);
        stopped ||= outcome.kind === 'untouched' || outcome.kind === 'unknown';
        outcomes[i] = outcome;
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    return outcomes;
  }

  private async write(directory: OpenDirectory, message: OutboundMessage): Promise<PutOutcome> {
    const name = fileName(message);
    const outcome = await writeDurably(directory, name, message.body);
    if (outcome.kind === 'visible') return { kind: 'sent', reference: name };
    const { kind, error } = outcome;
    if (kind === 'absent' && error.errno === 'EISDIR') return NAME_TAKEN;
    return { kind: kind === 'absent' ? 'untouched' : 'unknown', ...this.state.down(error) };
  }

  private troubleOf(error: unknown): DeliveryTrouble {
    if (error instanceof DirectoryError) return this.state.down(error);
    throw error;
  }

  private readonly tellOnce: OnShortcoming = (shortcoming) => {
    if (this.told.has(shortcoming.code)) return;
    this.told.add(shortcoming.code);
    this.onShortcoming(shortcoming);
  };
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
