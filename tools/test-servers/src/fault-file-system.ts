import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '@comms/kit';
import { cachedFolder } from './cached-folder.js';
import { debianPackage } from './host-programs.js';
import { ifPresent } from './if-present.js';
import { serverFolder, ServerProcess } from './server-process.js';

/**
 * The operations that fail from now on, each with its errno, or that hang until they are no longer named here; `mode` is
 * the mode that each new file gets, whatever is asked.
 */
export type FileSystemFaults = Readonly<Partial<Record<Operation, Errno | 'HANG'>>> & {
  readonly mode?: number;
};

/** `flush` is the close of a file. */
type Operation = 'chmod' | 'opendir' | 'create' | 'write' | 'flush' | 'fsync' | 'fsyncdir' | 'rename';

/** Not ENOSYS: the kernel keeps it to itself, and reports success. */
type Errno = 'EACCES' | 'EBADF' | 'EINVAL' | 'EIO' | 'ENOTSUP' | 'EPERM';

/** A FUSE file system that passes everything through to a folder, and fails where it is asked to. */
export interface FaultFileSystem {
  /** Where it is mounted; any user may use it whom the modes allow to. */
  readonly folder: string;
  /** The folder that it passes through to, where nothing fails. */
  readonly behind: string;
  /** Replaces earlier faults. What is left out does not fail. */
  fail(faults?: FileSystemFaults): Promise<void>;
  /** Whether an operation has hung since the last call of `fail`. */
  readonly hangs: boolean;
  /** Unmounts it and removes both folders; comes at the end of this process at the latest. */
  unmount(): Promise<void>;
}

interface TestFuse {
  mount(): Promise<FaultFileSystem>;
}

/** FUSE. Null, and one line on standard error, where this process cannot mount: no `/dev/fuse`, no compiler, no Linux. */
export function testFuse(): Promise<TestFuse | null> {
  return ifPresent('fuse', async () => {
    const program = await compiled();
    const fuse = { mount: () => mount(program) };
    await (await fuse.mount()).unmount();
    return fuse;
  });
}

const SOURCE = fileURLToPath(new URL('../fault-file-system.c', import.meta.url));
const PROGRAM = 'fault-file-system';

async function compiled(): Promise<string> {
  await stat('/dev/fuse');
  await debianPackage('fuse3');
  const version = await debianPackage('libfuse3-dev');
  await runCommand('gcc', ['--version']).catch(() => debianPackage('gcc'));
  const digest = createHash('sha256')
    .update(await readFile(SOURCE))
    .update(version)
    .digest('hex');
  const folder = await cachedFolder(`${PROGRAM}-${digest.slice(0, 12)}`, async (draft) => {
    const output = ['-o', join(draft, PROGRAM), '-lfuse3'];
    await runCommand('gcc', ['-O1', '-D_FILE_OFFSET_BITS=64', '-I/usr/include/fuse3', SOURCE, ...output]);
  });
  return join(folder, PROGRAM);
}

async function mount(program: string): Promise<FaultFileSystem> {
  const folder = await serverFolder('fuse');
  const [behind, mounted, faults] = [join(folder, 'behind'), join(folder, 'mounted'), join(folder, 'faults')];
  await Promise.all([mkdir(behind), mkdir(mounted)]);
  const { dev } = await stat(mounted);
  const server = await ServerProcess.start({
    name: 'the FUSE file system',
    command: program,
    args: [behind, faults, mounted, '-f', '-o', mountOptions()],
    folder,
    logFile: join(folder, 'log'),
    isReady: async () => (await stat(mounted)).dev !== dev,
    hurrySignal: 'SIGTERM',
    mountPoint: mounted,
  });
  return {
    folder: mounted,
    behind,
    fail: (wanted = {}) => write(faults, wanted),
    get hangs() {
      return existsSync(`${faults}.hangs`);
    },
    unmount: () => server.stop(),
  };
}

/** Only root may let other users in without being allowed to by `/etc/fuse.conf`. */
function mountOptions(): string {
  return process.getuid?.() === 0 ? 'default_permissions,allow_other' : 'default_permissions';
}

/** Renamed into place: the file system may read it at any time. */
async function write(file: string, faults: FileSystemFaults): Promise<void> {
  const lines = Object.entries(faults).map(([operation, fault]) => `${operation} ${numberOf(fault)}\n`);
  await rm(`${file}.hangs`, { force: true });
  await writeFile(`${file}.new`, lines.join(''));
  await rename(`${file}.new`, file);
}

/** As the file system reads it. */
function numberOf(fault: Errno | 'HANG' | number): number {
  if (fault === 'HANG') return -1;
  return typeof fault === 'number' ? fault : constants.errno[fault];
}
