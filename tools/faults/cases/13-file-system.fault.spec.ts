import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Daemon, distributionRows } from '@comms/daemon-stage';
import { testClassic } from '@comms/test-servers';
import { untilTrouble } from '../src/expect-health.js';
import { FaultStage } from '../src/fault-stage.js';
import { fileMessages } from '../src/file-messages.js';
import { Outbox } from '../src/outbox.js';
import { UPDATE } from '../src/proxy/moments.js';
import { Tmpfs } from '../src/tmpfs.js';

jest.setTimeout(120_000);

const classic = await testClassic();

describe('13 the file system', () => {
  let faults: FaultStage;
  let outbox: Outbox;
  let directory: string;
  let tmpfs: Tmpfs | null;
  let daemon: Daemon;
  beforeEach(async () => {
    faults = await FaultStage.open(classic);
    directory = join(faults.stage.folder, 'outbox');
    outbox = new Outbox(faults, directory);
    await mkdir(directory);
    tmpfs = await Tmpfs.mount(directory, '1m');
    daemon = await outbox.start();
    await daemon.untilUp();
  });
  afterEach(async () => {
    await daemon.stop();
    await tmpfs?.unmount();
    await faults.close();
  });

  it('that is full takes no half file, and all goes on when there is room', async () => {
    if (tmpfs === null) return;
    await outbox.insert();
    await outbox.untilDown(daemon, 'DIRECTORY_ENOSPC');
    expect(await outbox.found()).toMatchObject({ lost: [] });

    await tmpfs.remount('size=64m');
    await outbox.checkRecovered(daemon);
  });

  it('that is read-only is reported, and all goes on when it is writable', async () => {
    if (tmpfs === null) return;
    await tmpfs.remount('size=64m,ro');
    await outbox.insert();
    await outbox.untilDown(daemon, 'DIRECTORY_EROFS');
    expect(await outbox.found()).toMatchObject({ lost: [] });

    await tmpfs.remount('size=64m,rw');
    await outbox.checkRecovered(daemon);
  });

  it('whose directory is taken away is reported, and all goes on when it is back', async () => {
    await tmpfs?.unmount();
    tmpfs = null;
    await rename(directory, `${directory}.away`);
    await outbox.insert();
    const { code } = await untilTrouble(daemon, 'directory', { status: 'down', codes: ['DIRECTORY_ENOENT'] });
    expect(code).toBe('DIRECTORY_ENOENT');
    await faults.expectUntouched();

    await rename(`${directory}.away`, directory);
    await outbox.checkRecovered(daemon);
  });

  it('keeps whole files when the daemon is killed after a batch, and gets the same ones again', async () => {
    await tmpfs?.remount('size=64m');
    const hold = faults.toDatabase.hold(UPDATE);
    await outbox.insert();
    await hold.reached;
    daemon.signal('SIGKILL');
    await daemon.ended;
    hold.release('reset');
    const rows = await distributionRows(faults.stage.database.client);
    expect(await fileMessages(directory, rows)).toHaveLength(outbox.batch);

    daemon = await outbox.start();
    await outbox.checkRecovered(daemon);
  });
});
