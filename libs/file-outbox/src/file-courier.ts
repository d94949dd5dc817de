import type {
  Courier,
  CourierCondition,
  DeliveryTrouble,
  OutboundMessage,
  PutOutcome,
} from '@comms/delivery';
import { DIRECTORY_DOWN_CODES, FILE_CODES } from './directory-codes.js';
import { DirectoryError, type OnShortcoming, type Shortcoming } from './directory-error.js';
import { writeDurably } from './durable-file.js';
import { OpenDirectory } from './open-directory.js';
import { probeDirectory } from './probe-directory.js';
import { sweepUnfinished } from './sweep-unfinished.js';

/**
 * Puts one file per message into a directory: `<distribution id>.json`, or `.jwe` when encrypted. `sent` means that the
 * file is synced, and so is its directory entry where the file system can do that. The reference is the file's name. A message that
 * is put again replaces its own file, so a repeat leaves one file.
 *
 * A reader may take a file at once, and then a repeat is a second file. Therefore the directory is opened before any file
 * is visible. After an unknown outcome no file is put until a test file that no reader takes has passed all steps.
 */
export class FileCourier implements Courier {
  readonly replacesRepeats = true;
  private readonly state: DirectoryState;
  private readonly reported = new Set<Shortcoming['code']>();
  /** How many reasons to test the directory there were, and how many of them a later test has answered. */
  private doubts = 1;
  private answered = 0;

  /** @param onShortcoming is called once per feature that the file system lacks */
  constructor(
    private readonly directory: string,
    private readonly onShortcoming: OnShortcoming = () => undefined,
  ) {
    this.state = new DirectoryState(directory);
  }

  async put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]> {
    try {
      if (this.answered < this.doubts) await this.probe();
      const directory = await OpenDirectory.open(this.directory, this.reportOnce);
      try {
        return await this.putInto(directory, messages);
      } finally {
        await directory.stop();
      }
    } catch (error) {
      const untouched: PutOutcome = { kind: 'untouched', ...this.noteTrouble(error) };
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
      this.noteTrouble(error);
    }
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  private async probe(): Promise<void> {
    const { doubts } = this;
    await probeDirectory(this.directory, this.reportOnce);
    this.answered = Math.max(this.answered, doubts);
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
      const unknown: PutOutcome = { kind: 'unknown', ...this.noteTrouble(error) };
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

  /** Health shows the trouble from now on. Any other error is a defect and is thrown. */
  private noteTrouble(error: unknown): DeliveryTrouble {
    if (error instanceof DirectoryError) return this.state.down(error);
    throw error;
  }

  private readonly reportOnce: OnShortcoming = (shortcoming) => {
    if (this.reported.has(shortcoming.code)) return;
    this.reported.add(shortcoming.code);
    this.onShortcoming(shortcoming);
  };
}

/**
 * Files of one put that are written at once, so that their syncs overlap. As many threads wait for them in the image, which
 * sets `UV_THREADPOOL_SIZE`. The files of other puts then keep these threads from falling asleep.
 */
const WRITERS = 16;

const NOT_TRIED: PutOutcome = {
  kind: 'untouched',
  code: 'DIRECTORY_NOT_TRIED',
  text: `${DIRECTORY_DOWN_CODES.DIRECTORY_NOT_TRIED.meaning}.`,
};

/** The only fault that concerns a single file. Every other fault concerns all files of the directory. */
const NAME_TAKEN: PutOutcome = {
  kind: 'retry',
  code: 'FILE_NAME_TAKEN',
  text: `${FILE_CODES.FILE_NAME_TAKEN.meaning}.`,
};

function fileName({ distribution, contentType }: OutboundMessage): string {
  return `${distribution.distributionId}.${contentType === 'application/jose' ? 'jwe' : 'json'}`;
}

/** What was last seen of the directory. */
class DirectoryState {
  private latest: Omit<CourierCondition, 'part' | 'name'> = { state: 'unknown', since: new Date() };

  constructor(private readonly directory: string) {}

  condition(): CourierCondition {
    return { part: 'directory', name: this.directory, ...this.latest };
  }

  up(): void {
    if (this.latest.state !== 'up') this.latest = { state: 'up', since: new Date() };
  }

  /** Keeps the time at which the trouble began. */
  down({ code, problem }: DirectoryError): DeliveryTrouble {
    const trouble = { code, text: `The directory ${this.directory} ${problem}.` };
    const since = this.latest.state === 'down' ? this.latest.since : new Date();
    this.latest = { ...trouble, state: 'down', since };
    return trouble;
  }
}
