import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FaultFileSystem, testFuse } from './fault-file-system.js';

const BUILT = new URL('../dist/index.js', import.meta.url).href;
const fuse = await testFuse();
const describeOnFuse = fuse === null ? describe.skip : describe;

describeOnFuse('a FUSE file system', () => {
  it('passes everything through to the folder behind it', async () => {
    await mounted(async ({ folder, behind }) => {
      await writeFile(join(folder, 'a'), 'text');
      await rename(join(folder, 'a'), join(folder, 'b'));
      await chmod(join(folder, 'b'), 0o604);
      await sync(folder);
      await sync(join(folder, 'b'));
      expect(await readdir(folder)).toEqual(['b']);
      expect(await readFile(join(behind, 'b'), 'utf8')).toBe('text');
      expect((await stat(join(behind, 'b'))).mode & 0o777).toBe(0o604);
    });
  });

  it('fails where it is asked to, and no longer than that', async () => {
    await mounted(async (fileSystem) => {
      const { folder } = fileSystem;
      const file = join(folder, 'a');
      await fileSystem.fail({ mode: 0o755 });
      await writeFile(file, '');
      expect((await stat(file)).mode & 0o777).toBe(0o755);
      const operations = [
        { fails: { chmod: 'ENOTSUP' }, attempt: () => chmod(file, 0o600) },
        { fails: { opendir: 'EINVAL' }, attempt: () => readdir(folder) },
        { fails: { fsyncdir: 'EIO' }, attempt: () => sync(folder) },
        { fails: { fsync: 'EIO' }, attempt: () => sync(file) },
        {
          fails: { rename: 'EPERM' },
          attempt: () => rename(file, file + '.new').then(() => rename(file + '.new', file)),
        },
      ] as const;
      for (const { fails, attempt } of operations) {
        await fileSystem.fail(fails);
        await expect(attempt()).rejects.toMatchObject({ code: Object.values(fails)[0] });
        await fileSystem.fail();
        await attempt();
      }
    });
  });

  it('hangs where it is asked to, and no longer than that', async () => {
    await mounted(async (fileSystem) => {
      const { folder } = fileSystem;
      for (const operation of ['create', 'write', 'flush', 'fsync'] as const) {
        await fileSystem.fail({ [operation]: 'HANG' });
        expect(fileSystem.hangs).toBe(false);
        const writing = writeFile(join(folder, operation), 'text', { flush: true });
        await until(() => Promise.resolve(fileSystem.hangs));
        await fileSystem.fail();
        await writing;
      }
    });
  });

  it('is gone once it is unmounted, although a file is open', async () => {
    await mounted(async (fileSystem) => {
      const { folder } = fileSystem;
      const handle = await open(join(folder, 'a'), 'w');
      await fileSystem.unmount();
      expect(existsSync(dirname(folder))).toBe(false);
      expect(await mountPoints()).not.toContain(folder);
      await handle.close().catch(() => undefined);
    });
  });

  it('is gone once its owner has been killed', async () => {
    const script = `
      const { testFuse } = await import('${BUILT}');
      const { folder } = await (await testFuse()).mount();
      console.log(folder);
      await new Promise(() => setInterval(() => 0, 1e6));`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(owner.stdout, 'data')) as [Buffer];
    const folder = line.toString().trim();
    expect(await mountPoints()).toContain(folder);

    owner.kill('SIGKILL');

    await until(async () => !(await mountPoints()).includes(folder) && !existsSync(dirname(folder)));
  });
});

async function mounted(use: (fileSystem: FaultFileSystem) => Promise<void>): Promise<void> {
  const fileSystem = await fuse?.mount();
  if (fileSystem === undefined) return;
  try {
    await use(fileSystem);
  } finally {
    await fileSystem.unmount();
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function mountPoints(): Promise<string[]> {
  const mounts = await readFile('/proc/self/mounts', 'utf8');
  return mounts.split('\n').map((line) => line.split(' ')[1] ?? '');
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('not so within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
