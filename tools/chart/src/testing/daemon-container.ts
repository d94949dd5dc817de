import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Child, commandEnd, repositoryPath, runCommand } from '@comms/kit';
import { nodeProgram } from '@comms/test-servers';

/** The user of the images. */
export const DAEMON_USER = 10_001;

/**
 * The root file system of an image, without a container engine: Node.js, the libraries that it links, and the tree of
 * one app that `docker/image-tree.mjs` makes. Nothing of the repository or of this machine is in it.
 */
export class ImageRoot {
  private constructor(readonly folder: string) {}

  static async make(app: string, folder: string): Promise<ImageRoot> {
    await Promise.all(['proc', 'dev', 'bin'].map((name) => mkdir(join(folder, name), { recursive: true })));
    await runCommand(process.execPath, [repositoryPath('docker/image-tree.mjs'), app, join(folder, 'app')]);
    const node = await nodeOfTheImage();
    await cp(node, join(folder, 'bin/node'));
    for (const library of await librariesOf(node)) {
      await mkdir(join(folder, dirname(library)), { recursive: true });
      await cp(library, join(folder, library), { dereference: true });
    }
    return new ImageRoot(folder);
  }

  /** The bytes of the app's tree. */
  async appBytes(): Promise<number> {
    return Number(
      (await runCommand('du', ['--summarize', '--bytes', join(this.folder, 'app')])).split('\t')[0],
    );
  }

  /** Starts `node ARGS` in it, as the image does: another user, no rights, everything read-only but the given folders. */
  start(args: readonly string[], options: StartOptions = {}): Child {
    const { environment = {}, writable = [] } = options;
    const mounts = writable.map((path) => `mount --bind "$1${path}" "$1${path}"`);
    const script = [OWN_ROOT, ...mounts, CLOSE_ROOT, START_AS_DAEMON].join('\n');
    return Child.spawn({
      name: 'the container',
      command: 'unshare',
      args: ['--mount', 'sh', '-ec', script, 'sh', this.folder, ...args],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...environment },
    });
  }
}

interface StartOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Folders, by their paths in the image. */
  readonly writable?: readonly string[];
}

/** Rejects where this machine does not let a process have its own mounts, for which it must be root. */
export async function requireMounts(): Promise<true> {
  const { code, stderr } = await commandEnd('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']);
  if (code !== 0) throw new Error(stderr);
  return true;
}

const OWN_ROOT = `
mount --bind "$1" "$1"
mount --bind /dev "$1/dev"
mount -t proc proc "$1/proc"`;

/** The mounts below stay as they are. */
const CLOSE_ROOT = 'mount -o remount,bind,ro "$1"';

/** Every step replaces the process, so that the signals of the test are the daemon's. */
const START_AS_DAEMON = `
root=$1
shift
cd "$root"
exec setpriv --no-new-privs --bounding-set=-all,+sys_chroot,+setuid,+setgid -- \\
  chroot --userspec=${DAEMON_USER}:${DAEMON_USER} --groups= "$root" /bin/node "$@"`;

/** The image's version of Node.js, as the npm package carries it; this process's own where there is none for its CPU. */
function nodeOfTheImage(): Promise<string> {
  return nodeProgram('24.21.0').catch(() => process.execPath);
}

async function librariesOf(program: string): Promise<string[]> {
  const lines = await runCommand('ldd', [program]);
  return [...lines.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path);
}
