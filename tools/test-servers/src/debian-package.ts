import { progress } from './progress.js';
import { runCommand } from './run-command.js';

const INSTALL_LIMIT_MS = 120_000;

/** The version of a Debian package, which is installed first where it is missing and this process may do so. */
export async function debianPackage(name: string): Promise<string> {
  return version(name).catch(async () => {
    progress(`installing Debian's package ${name}`);
    const options = {
      timeout: INSTALL_LIMIT_MS,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    await runCommand('apt-get', ['update', '--quiet'], options);
    await runCommand('apt-get', ['install', '--quiet', '--yes', '--no-install-recommends', name], options);
    return version(name);
  });
}

async function version(name: string): Promise<string> {
  const [status, found] = (
    await runCommand('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Version}', name])
  ).split(' ');
  if (status !== 'installed' || found === undefined) throw new Error(`${name} is not installed`);
  return found;
}
