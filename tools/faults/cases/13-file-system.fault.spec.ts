import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Daemon, distributionRows, insertRows, longText, sampleRows } from '@comms/end-to-end';
import { testClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/check-total-queue.js';
import { untilRecovered, untilTrouble } from '../src/expect-health.js';
import { canFailFsync, failFsync } from '../src/fail-fsync.js';
import { FaultStage } from '../src/fault-stage.js';
import { fileMessages } from '../src/file-messages.js';
import { UPDATE } from '../src/proxy/moments.js';
import { Tmpfs } from '../src/tmpfs.js';
import { totalQueue } from '../src/total-queue.js';

jest.setTimeout(120_000);

const ROWS = 100;
const BATCH = 20;
const TEXT_BYTES = 20_000;

const classic = await testClassic();

describe('13 the file system', () => {
  let faults: FaultStage;
  let directory: string;
  let tmpfs: Tmpfs | null;
  let daemon: Daemon;
  beforeEach(async () => {
    faults = await FaultStage.open(classic);
    directory = join(faults.stage.folder, 'outbox');
    await mkdir(directory);
    tmpfs = await Tmpfs.mount(directory, '1m');
    daemon = await start();
    await daemon.untilUp();
  });
  afterEach(async () => {
    await daemon.stop();
    await tmpfs?.unmount();
    await faults.close();
  });

  const start = () =>
    faults.start(
      {
        'comms.sms.monitor.extract.to.type': 'file',
        'comms.sms.monitor.extract.to.dirname': directory,
        'comms.sms.monitor.extract.batch-size': BATCH,
      },
      'sms-to-handset',
    );
  const insert = () =>
    insertRows(
      faults.stage.database.client,
      'comms_request_target_distribution',
      sampleRows(ROWS, 'SMS', { message: longText(TEXT_BYTES) }),
    );
  const found = async () => {
    const rows = await distributionRows(faults.stage.database.client);
    return totalQueue(rows, await fileMessages(directory, rows));
  };
  const untilDown = async (code: string) => {
    const { name, text } = await untilTrouble(daemon, 'directory', { status: 'down', codes: [code] });
    expect(name).toBe(directory);
    expect(text).toContain(directory);
    expect(text).toContain(code.replace('DIRECTORY_', ''));
    expect(await found()).toMatchObject({ lost: [] });
  };
  const checkRecovered = async () => {
    await faults.untilDrained();
    await untilRecovered(daemon);
    checkTotalQueue(await found());
  };

  it('that is full takes no half file, and all goes on when there is room', async () => {
    if (tmpfs === null) return;
    await insert();
    await untilDown('DIRECTORY_ENOSPC');

    await tmpfs.remount('size=64m');
    await checkRecovered();
  });

  it('that is read-only is told, and all goes on when it is writable', async () => {
    if (tmpfs === null) return;
    await tmpfs.remount('size=64m,ro');
    await insert();
    await untilDown('DIRECTORY_EROFS');

    await tmpfs.remount('size=64m,rw');
    await checkRecovered();
  });

  it('that answers EIO at fsync has no row counted as sent', async () => {
    if (!canFailFsync()) return;
    await tmpfs?.remount('size=64m');
    const heal = await failFsync(daemon.pid);
    await insert();
    await untilDown('DIRECTORY_EIO');
    await faults.expectUntouched();

    await heal();
    await checkRecovered();
  });

  it('whose directory is taken away is told, and all goes on when it is back', async () => {
    await tmpfs?.unmount();
    tmpfs = null;
    await rename(directory, `${directory}.away`);
    await insert();
    const { code } = await untilTrouble(daemon, 'directory', { status: 'down', codes: ['DIRECTORY_ENOENT'] });
    expect(code).toBe('DIRECTORY_ENOENT');
    await faults.expectUntouched();

    await rename(`${directory}.away`, directory);
    await checkRecovered();
  });

  it('keeps whole files when the daemon is killed after a batch, and gets the same ones again', async () => {
    await tmpfs?.remount('size=64m');
    const hold = faults.toDatabase.hold(UPDATE);
    await insert();
    await hold.reached;
    daemon.signal('SIGKILL');
    await daemon.ended;
    hold.release('reset');
    const rows = await distributionRows(faults.stage.database.client);
    expect(await fileMessages(directory, rows)).toHaveLength(BATCH);

    daemon = await start();
    await checkRecovered();
  });
});
