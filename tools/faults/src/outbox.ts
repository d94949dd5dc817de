import { expect } from '@jest/globals';
import {
  type Daemon,
  distributionRows,
  insertRows,
  longText,
  sampleRows,
  type User,
} from '@comms/daemon-stage';
import { checkTotalQueue, type TotalQueue, totalQueue } from './total-queue.js';
import { untilRecovered, untilTrouble } from './expect-health.js';
import type { FaultStage } from './fault-stage.js';
import { fileMessages } from './file-messages.js';

const ROWS = 100;
const TEXT_BYTES = 20_000;

/** A directory that sms-to-handset puts its files into. */
export class Outbox {
  /** Files of one batch. */
  readonly batch = 20;

  constructor(
    private readonly faults: FaultStage,
    readonly directory: string,
  ) {}

  /** The properties of a daemon that delivers to it. */
  get properties() {
    return {
      'comms.sms.monitor.extract.to.type': 'file',
      'comms.sms.monitor.extract.to.dirname': this.directory,
      'comms.sms.monitor.extract.batch-size': this.batch,
    };
  }

  /** Starts a daemon that delivers to it, as the user of this process by default. */
  start(user?: User): Promise<Daemon> {
    return this.faults.start(this.properties, 'sms-to-handset', user);
  }

  /** Inserts rows for it. Returns their ids. */
  insert(): Promise<string[]> {
    return insertRows(
      this.faults.stage.database.client,
      'comms_request_target_distribution',
      sampleRows(ROWS, 'SMS', { message: longText(TEXT_BYTES) }),
    );
  }

  /** Rows and files compared. */
  async found(): Promise<TotalQueue> {
    const rows = await distributionRows(this.faults.stage.database.client);
    return totalQueue(rows, await fileMessages(this.directory, rows));
  }

  /** Waits until a daemon reports the directory as down, with this code and the directory's name. */
  async untilDown(daemon: Daemon, code: string): Promise<void> {
    const { name, text } = await untilTrouble(daemon, 'directory', { status: 'down', codes: [code] });
    expect(name).toBe(this.directory);
    expect(text).toContain(this.directory);
    expect(text).toContain(code.replace('DIRECTORY_', ''));
  }

  /** Waits until all is delivered and the daemon is up, and compares rows and files. */
  async checkRecovered(daemon: Daemon): Promise<void> {
    await this.faults.untilDrained();
    await untilRecovered(daemon);
    checkTotalQueue(await this.found());
  }
}
