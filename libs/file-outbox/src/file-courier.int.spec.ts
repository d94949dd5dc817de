import { chmod, mkdtemp, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anOutboundMessage } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { type FaultFileSystem, type FileSystemFaults, testFuse } from '@comms/test-servers';
import { examineDirectory } from './examine-directory.js';
import { FileCourier } from './file-courier.js';
import type { Shortcoming } from './directory-error.js';

const fuse = await testFuse();
const describeOnFuse = fuse === null ? describe.skip : describe;

describeOnFuse('FileCourier on a file system that fails', () => {
  const box = outboxes();
  let reported: Shortcoming[];
  let courier: FileCourier;
  beforeEach(() => {
    reported = [];
    courier = new FileCourier(box.directory, (shortcoming) => reported.push(shortcoming));
  });

  const put = (count = 2) =>
    courier.put(
      Array.from({ length: count }, (_, i) =>
        anOutboundMessage({ distribution: aDistribution({ distributionId: String(i + 1) }) }),
      ),
    );
  const codes = () => reported.map(({ code }) => code);
  const names = async () => (await readdir(box.behind)).sort();

  it.each(['EACCES', 'EINVAL', 'EIO', 'ENOTSUP'] as const)(
    'puts nothing while the opening of the directory returns %s, and all once it is open',
    async (errno) => {
      await box.fail({ opendir: errno });
      for (let tries = 0; tries < 2; tries++)
        expect(await put()).toMatchObject(
          Array.from({ length: 2 }, () => ({ kind: 'untouched', code: `DIRECTORY_${errno}` })),
        );
      expect(await names()).toEqual([]);
      expect(courier.condition()).toMatchObject({ state: 'down', code: `DIRECTORY_${errno}` });

      await box.fail();
      expect(await put()).toMatchObject([{ kind: 'sent' }, { kind: 'sent' }]);
      expect(await names()).toEqual(['1.json', '2.json']);
      expect(courier.condition().state).toBe('up');
    },
  );

  it.each(['EINVAL', 'EBADF', 'ENOTSUP'] as const)(
    'delivers where the sync of a directory returns %s, and reports it once',
    async (errno) => {
      await box.fail({ fsyncdir: errno });
      await courier.prepare();
      for (let batches = 0; batches < 3; batches++)
        expect(await put()).toMatchObject([{ kind: 'sent' }, { kind: 'sent' }]);
      expect(codes()).toEqual(['DIRECTORY_SYNC_UNSUPPORTED']);
      expect(courier.condition().state).toBe('up');
    },
  );

  it.each(['EIO', 'EPERM'] as const)(
    'puts no file a second time while the sync of the directory returns %s',
    async (errno) => {
      await courier.prepare();
      await box.fail({ fsyncdir: errno });
      expect(await put()).toMatchObject([
        { kind: 'unknown', code: `DIRECTORY_${errno}` },
        { kind: 'unknown' },
      ]);
      expect(await names()).toEqual(['1.json', '2.json']);
      const written = await stat(join(box.behind, '1.json'));

      expect(await put()).toMatchObject([
        { kind: 'untouched', code: `DIRECTORY_${errno}` },
        { kind: 'untouched' },
      ]);
      await courier.prepare();
      expect(courier.condition()).toMatchObject({ state: 'down', code: `DIRECTORY_${errno}` });
      expect((await stat(join(box.behind, '1.json'))).ino).toBe(written.ino);

      await box.fail();
      expect(await put()).toMatchObject([{ kind: 'sent' }, { kind: 'sent' }]);
      expect(await names()).toEqual(['1.json', '2.json']);
    },
  );

  it.each(['EIO', 'EINVAL'] as const)('puts nothing while the sync of a file returns %s', async (errno) => {
    await courier.prepare();
    await box.fail({ fsync: errno });
    const outcomes = await put();
    expect(outcomes.map(({ kind }) => kind)).toEqual(['untouched', 'untouched']);
    expect(await names()).toEqual([]);
  });

  it('puts nothing while the renaming returns EIO, and leaves nothing behind', async () => {
    await courier.prepare();
    await box.fail({ rename: 'EIO' });
    const outcomes = await put();
    expect(outcomes.map(({ kind }) => kind)).toEqual(['untouched', 'untouched']);
    expect(await names()).toEqual([]);
  });

  it.each(['EPERM', 'ENOTSUP', 'EACCES'] as const)(
    'delivers where chmod returns %s, and reports once which mode the files have',
    async (errno) => {
      await box.fail({ chmod: errno, mode: 0o755 });
      await courier.prepare();
      expect(await put()).toMatchObject([{ kind: 'sent' }, { kind: 'sent' }]);
      expect(reported).toMatchObject([{ code: 'FILE_MODE_REFUSED', text: expect.stringContaining('0755') }]);
    },
  );

  it('does not call chmod where files have the mode already', async () => {
    await box.fail({ chmod: 'EIO' });
    const umask = process.umask(0o022);
    expect(await put()).toMatchObject([{ kind: 'sent' }, { kind: 'sent' }]);
    process.umask(umask);
    expect(reported).toEqual([]);
  });
});

describeOnFuse('examineDirectory', () => {
  const box = outboxes();

  it.each([
    {
      what: 'a directory that cannot be opened',
      faults: { opendir: 'EACCES' },
      says: 'cannot be opened: ',
    },
    {
      what: 'a directory that knows no opening',
      faults: { opendir: 'ENOTSUP' },
      says: 'cannot be opened: ',
    },
    { what: 'files that cannot be synced', faults: { fsync: 'EINVAL' }, says: 'cannot be written to: ' },
    { what: 'files that cannot be renamed', faults: { rename: 'EPERM' }, says: 'cannot be written to: ' },
  ] as const)('refuses $what, and leaves no file', async ({ faults, says }) => {
    await box.fail(faults);
    const [errno] = Object.values(faults);
    expect(await examineDirectory(box.directory)).toEqual([
      { problem: expect.stringMatching(new RegExp(`^${says}.+ \\(${errno}\\)$`)), warning: false },
    ]);
    expect(await readdir(box.behind)).toEqual([]);
  });

  it.each([
    { what: 'has no sync of directories', faults: { fsyncdir: 'EINVAL' }, says: 'cannot sync a directory' },
    { what: 'refuses chmod', faults: { chmod: 'EPERM', mode: 0o777 }, says: 'the mode 0777' },
    { what: 'has an error that may pass', faults: { fsyncdir: 'EIO' }, says: 'cannot be synced: ' },
  ] as const)('warns of a file system that $what, and leaves no file', async ({ faults, says }) => {
    await box.fail(faults);
    expect(await examineDirectory(box.directory)).toEqual([
      { problem: expect.stringContaining(says), warning: true },
    ]);
    expect(await readdir(box.behind)).toEqual([]);
  });

  it('finds nothing in a directory that has all that is needed', async () => {
    await chmod(box.directory, 0o700);
    expect(await examineDirectory(box.directory)).toEqual([]);
  });
});

/** An empty directory for each test, all on one file system, on which nothing fails when a test begins. */
function outboxes() {
  let fileSystem: FaultFileSystem;
  const box = {
    directory: '',
    /** The same directory where nothing fails. */
    behind: '',
    fail: (faults?: FileSystemFaults) => fileSystem.fail(faults),
  };
  beforeAll(async () => {
    if (fuse !== null) fileSystem = await fuse.mount();
  });
  beforeEach(async () => {
    box.behind = await mkdtemp(join(fileSystem.behind, 'outbox-'));
    box.directory = join(fileSystem.folder, basename(box.behind));
  });
  afterEach(() => fileSystem.fail());
  afterAll(() => fileSystem.unmount());
  return box;
}
