import { chmod, chown, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Daemon, distributionRows, programOf, type User } from '@comms/daemon-stage';
import { commandEnd, eventually } from '@comms/kit';
import { type FaultFileSystem, testClassic, testFuse } from '@comms/test-servers';
import { atEndOfCase } from '../src/case.js';
import { untilRecovered } from '../src/expect-health.js';
import { FaultStage } from '../src/fault-stage.js';
import { otherUser } from '../src/other-user.js';
import { Outbox } from '../src/outbox.js';
import { TakingReader } from '../src/taking-reader.js';

jest.setTimeout(120_000);

const classic = await testClassic();
const fuse = await testFuse();
const user = await otherUser();
const itOnFuse = fuse === null ? it.skip : it;
const itAsOtherUser = user === null ? it.skip : it;

/** What a file system does for a file, from the opening of the directory on. */
const STEPS = ['opendir', 'create', 'write', 'fsync', 'flush', 'rename', 'fsyncdir'] as const;

/** By `batches-in-hand`. */
const BATCHES_IN_HAND = 3;

describe('13 a directory whose reader takes each file at once', () => {
  const atEnd = atEndOfCase();
  let faults: FaultStage;
  beforeEach(async () => {
    faults = await FaultStage.open(classic);
  });
  afterEach(() => faults.close());

  /** Runs the daemon's program to its end, as the user of this process by default. */
  const command = (directory: string, args: readonly string[], as?: User) =>
    commandEnd(process.execPath, [programOf('sms-to-handset'), ...args], {
      env: {
        COMMS_DATASOURCE_URL: faults.stage.database.url,
        COMMS_SMS_MONITOR_EXTRACT_TO_TYPE: 'file',
        COMMS_SMS_MONITOR_EXTRACT_TO_DIRNAME: directory,
      },
      ...as,
    });

  describe('on a file system', () => {
    let fileSystem: FaultFileSystem;
    let outbox: Outbox;
    let reader: TakingReader;
    beforeEach(async () => {
      if (fuse === null) return;
      fileSystem = await fuse.mount();
      atEnd(() => fileSystem.unmount());
      outbox = new Outbox(faults, fileSystem.folder);
      reader = TakingReader.start(fileSystem.behind);
      atEnd(() => reader.stop());
    });

    itOnFuse('without a sync of directories gets each file once, and that is reported once', async () => {
      await fileSystem.fail({ fsyncdir: 'EINVAL' });
      const daemon = await started();
      const ids = await outbox.insert();
      await faults.untilDrained();
      await daemon.untilIdle();
      await expectTaken(ids, 1);
      expect(degradations(daemon)).toEqual(['DIRECTORY_SYNC_UNSUPPORTED']);
      expect((await daemon.health()).status).toBe('up');
    });

    itOnFuse('that refuses chmod gets each file once, and that is reported once', async () => {
      await fileSystem.fail({ chmod: 'EPERM', mode: 0o755 });
      const daemon = await started();
      const ids = await outbox.insert();
      await faults.untilDrained();
      await daemon.untilIdle();
      await expectTaken(ids, 1);
      expect(degradations(daemon)).toEqual(['FILE_MODE_REFUSED']);
      expect((await daemon.health()).status).toBe('up');
    });

    itOnFuse('that lacks one or the other is sound to --check-config, which warns', async () => {
      for (const [lacking, says] of [
        [{ fsyncdir: 'ENOTSUP' }, 'the file system cannot sync a directory'],
        [{ chmod: 'ENOTSUP', mode: 0o755 }, 'the file system gives files the mode 0755'],
      ] as const) {
        await fileSystem.fail(lacking);
        const { code, stdout, stderr } = await command(fileSystem.folder, ['--check-config']);
        expect({ code, stdout }).toEqual({ code: 0, stdout: 'The configuration is sound.\n' });
        expect(stderr).toMatch(/^warning: comms\.sms\.monitor\.extract\.to\.dirname .+\n$/);
        expect(stderr).toContain(says);
      }
      expect(await readdir(fileSystem.behind)).toEqual([]);
    });

    itOnFuse('that returns EIO at the sync of the directory repeats no file until it is well', async () => {
      const daemon = await started();
      await fileSystem.fail({ fsyncdir: 'EIO' });
      const ids = await outbox.insert();
      await outbox.untilDown(daemon, 'DIRECTORY_EIO');
      await moreFailures(daemon, 5);
      await faults.expectUntouched();
      const meanwhile = [...reader.taken.values()];
      expect(new Set(meanwhile)).toEqual(new Set([1]));
      expect(meanwhile.length).toBeLessThanOrEqual(BATCHES_IN_HAND * outbox.batch);

      await fileSystem.fail();
      await faults.untilDrained();
      await untilRecovered(daemon);
      await expectTaken(ids, 2);
      const repeated = [...reader.taken.values()].filter((times) => times > 1);
      expect(repeated).toHaveLength(meanwhile.length);
    });

    itOnFuse('that returns EIO at the sync of files gets none meanwhile, and then each once', async () => {
      const daemon = await started();
      await fileSystem.fail({ fsync: 'EIO' });
      const ids = await outbox.insert();
      await outbox.untilDown(daemon, 'DIRECTORY_EIO');
      await moreFailures(daemon, 3);
      await faults.expectUntouched();
      expect([...reader.taken]).toEqual([]);

      await fileSystem.fail();
      await faults.untilDrained();
      await untilRecovered(daemon);
      await expectTaken(ids, 1);
    });

    itOnFuse('that hangs does not hang the daemon, and gets each file once when it goes on', async () => {
      const daemon = await started();
      const ids: string[] = [];
      for (const step of STEPS) {
        await fileSystem.fail({ [step]: 'HANG' });
        ids.push(...(await outbox.insert()));
        await eventually(`${step} hangs`, () => fileSystem.hangs, Boolean);
        for (let asked = 0; asked < 5; asked++) expect((await daemon.get('/health/live')).code).toBe(200);

        await fileSystem.fail();
        await faults.untilDrained();
        await untilRecovered(daemon);
      }
      await expectTaken(ids, 1);
    });

    const started = async () => {
      const daemon = await outbox.start();
      await daemon.untilUp();
      return daemon;
    };
    const expectTaken = async (ids: readonly string[], times: number) => {
      await reader.stop();
      expect([...reader.taken.keys()].sort()).toEqual(ids.map((id) => `${id}.json`).sort());
      expect(Math.max(...reader.taken.values())).toBeLessThanOrEqual(times);
    };
  });

  describe('that the daemon may write to but not read', () => {
    let directory: string;
    let outbox: Outbox;
    beforeEach(async () => {
      directory = join(faults.stage.folder, 'outbox');
      outbox = new Outbox(faults, directory);
      await mkdir(directory);
      if (user !== null) await chown(directory, 0, user.gid);
      await chmod(faults.stage.folder, 0o711);
      await chmod(directory, 0o730);
    });

    itAsOtherUser('is refused at the start, in a sentence', async () => {
      for (const args of [['--check-config'], []]) {
        const end = await command(directory, args, user ?? undefined);
        expect(end).toMatchObject({ code: 78, stdout: '' });
        expect(end.stderr).toContain('cannot be opened: the user 10001 has no right to read it (EACCES)');
      }
      expect(await readdir(directory)).toEqual([]);
    });

    itAsOtherUser('gets no file, and each once when it may be read', async () => {
      if (user === null) return;
      await chmod(directory, 0o770);
      const daemon = await outbox.start(user);
      await daemon.untilUp();
      const reader = TakingReader.start(directory);
      atEnd(() => reader.stop());

      await chmod(directory, 0o730);
      const ids = await outbox.insert();
      await outbox.untilDown(daemon, 'DIRECTORY_EACCES');
      await moreFailures(daemon, 3);
      await faults.expectUntouched();
      expect([...reader.taken]).toEqual([]);

      await chmod(directory, 0o770);
      await faults.untilDrained();
      await untilRecovered(daemon);
      await reader.stop();
      expect([...reader.taken]).toEqual(expect.arrayContaining(ids.map((id) => [`${id}.json`, 1])));
      expect(await distributionRows(faults.stage.database.client)).toHaveLength(reader.taken.size);
    });
  });
});

/** Waits until a daemon has tried in vain some times more. */
async function moreFailures(daemon: Daemon, times: number): Promise<void> {
  const failed = async () => (await daemon.metrics()).get('comms_cycles_total{result="failed"}') ?? 0;
  const before = await failed();
  await eventually('more cycles fail', failed, (count) => count >= before + times);
}

/** The codes of what the daemon has reported as lacking in the file system. */
function degradations({ stdout }: Daemon): string[] {
  return stdout.split('\n').flatMap((line) => {
    const event = line === '' ? {} : (JSON.parse(line) as { msg?: string; code?: string });
    return event.msg === 'directory degraded' ? [event.code ?? ''] : [];
  });
}
