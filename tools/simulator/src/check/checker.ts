import type { EncodedPayload, OutboundMessage, PayloadEncoder, RowFault, Verdict } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import type { StoredMessage } from '../broker/journal.js';
import type { Database } from '../database/database.js';
import type { Row } from '../database/row.js';
import type { Disk } from '../disk/disk.js';
import type { World } from '../world/world.js';

/** All messages of one sending of one row. */
interface Sending {
  copies: number;
  marked: number;
  /** Copies on each broker. */
  readonly onBroker: Map<string, number>;
}

interface CheckerParts {
  readonly world: World;
  readonly database: Database;
  readonly disk: Disk;
  readonly destination: 'classic' | 'artemis' | 'files';
}

/** Holds every step against the promises. */
export class Checker {
  private readonly sendings = new Map<string, Sending>();
  /** Rows whose sending is recorded as done, by name of the sending. */
  private readonly recordedSendings = new Map<string, string>();

  private faults = 0;

  constructor(private readonly parts: CheckerParts) {}

  /** A fault has struck. */
  struck(): void {
    this.faults += 1;
  }

  /** A courier is given messages. */
  putting(messages: readonly OutboundMessage[], client: { readonly name: string }): void {
    for (const { distribution } of messages) {
      const row = this.parts.database.rows.get(distribution.distributionId);
      const held = row?.lockedBy?.client === client;
      if (held && row.status !== 'D' && !row.meddledWith)
        this.broken('only rows at D are put', `row ${row.id} is at ${row.status}`);
      if (row !== undefined && this.parts.database.setAside.has(row.id))
        this.broken('a row that is set aside is not put', `row ${row.id}`);
      if (row?.poison === 'TOO_LONG') this.broken('a text that is too long is not put', `row ${row.id}`);
    }
  }

  /** A message is on the disk of a broker. */
  stored(message: StoredMessage, broker: string): void {
    const { distributionId, sending, marked, body } = message;
    const { database, destination } = this.parts;
    if (!database.rows.has(distributionId) || body !== messageBody(message))
      this.broken('nothing is invented', `${body} for row ${distributionId}`);
    const seen = this.sending(distributionId, sending);
    const onThis = (seen.onBroker.get(broker) ?? 0) + 1;
    seen.onBroker.set(broker, onThis);
    seen.copies += 1;
    if (marked) seen.marked += 1;
    if (seen.copies - seen.marked > 1)
      this.broken('at most one message of a sending lacks the duplicate flag', `row ${distributionId}`);
    if (destination === 'artemis' && onThis > 1)
      this.broken('Artemis holds no repeat', `row ${distributionId}`);
  }

  /** A verdict becomes visible in the database. */
  recorded(row: Row, verdict: Verdict): void {
    if (row.status !== 'D') this.broken('only rows at D are written', `row ${row.id} is at ${row.status}`);
    if (verdict.status === 'R' || verdict.status === 'E') {
      if (verdict.code === 'MESSAGE_PUT_NOT_RECORDED') this.putNotRecorded(row);
      else if (row.poison === undefined && !this.mayBeCharged(verdict.code))
        this.broken('only rows at fault get R or E', `row ${row.id} gets ${verdict.code}`);
      return;
    }
    if (!this.isSafe(row.id, row.sending))
      this.broken('S and P only for what is on disk', `row ${row.id} gets ${verdict.status}`);
    this.recordedSendings.set(`${row.id}/${row.sending}`, row.id);
  }

  /** Two faults of other parts may look like one message that is never confirmed; a single one never. */
  private mayBeCharged(code: string): boolean {
    return this.faults > 1 && (code === 'MESSAGE_NOT_CONFIRMED' || code === 'MESSAGE_ENDS_CONNECTION');
  }

  private putNotRecorded({ id, sending, refuses }: Row): void {
    if (refuses.length === 0 || !this.isSafe(id, sending))
      this.broken('only rows whose message is on disk get MESSAGE_PUT_NOT_RECORDED', `row ${id}`);
  }

  /** Files after a loss of power: each is whole, and no recorded one is gone. */
  powerLost(): void {
    const { disk } = this.parts;
    for (const [name, { content }] of disk.entries)
      if (!name.endsWith('.tmp') && !content.endsWith('}')) this.broken('no half file', name);
    for (const id of this.recordedSendings.values())
      if (disk.durable(`${id}.json`) === undefined) this.broken('no file is lost', `row ${id}`);
  }

  get repeats(): number {
    return [...this.sendings.values()].reduce((sum, { copies }) => sum + copies - 1, 0);
  }

  get marks(): number {
    return [...this.sendings.values()].reduce((sum, { marked }) => sum + marked, 0);
  }

  private isSafe(id: string, sending: string): boolean {
    const { destination, disk } = this.parts;
    if (destination !== 'files') return this.sendings.has(`${id}/${sending}`);
    return disk.durable(`${id}.json`) === messageBody({ distributionId: id, sending });
  }

  private sending(id: string, sending: string): Sending {
    const name = `${id}/${sending}`;
    const seen = this.sendings.get(name) ?? { copies: 0, marked: 0, onBroker: new Map<string, number>() };
    this.sendings.set(name, seen);
    return seen;
  }

  private broken(promise: string, seen: string): void {
    this.parts.world.broken(promise, seen);
  }
}

/** What the message of a row must hold: its row and its sending, so that no mix-up goes unnoticed. */
function messageBody({ distributionId, sending }: MessageName): string {
  return `{"distributionId":"${distributionId}","sending":"${sending}","message":"text ${distributionId}"}`;
}

type MessageName = Pick<Distribution, 'distributionId' | 'sending'>;

/** Encodes as the daemons do: a row without text is never put. */
export const simulatedEncoder: PayloadEncoder = {
  encode(distribution: Distribution): EncodedPayload | { readonly fault: RowFault } {
    if (distribution.message === null) return { fault: { code: 'MESSAGE_MISSING', text: 'No text.' } };
    return { contentType: 'application/json', body: messageBody(distribution) };
  },
};
