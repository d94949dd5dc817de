import { runCommand } from '@comms/kit';
import { progress, TestServerError } from './reports.js';

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

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';
const LIMIT_MS = 120_000;

/** Runs one goal of Maven's dependency plugin in a folder; Maven itself comes from Debian where it is missing. */
export async function runMaven(folder: string, goal: string, args: readonly string[]): Promise<void> {
  await runCommand('mvn', ['--version']).catch(() => debianPackage('maven'));
  await runCommand('mvn', ['--batch-mode', '--quiet', `${PLUGIN}:${goal}`, ...args], {
    cwd: folder,
    timeout: LIMIT_MS,
  });
}

/** Throws where `java` is missing or older than a release such as 17. */
export async function requireJava(release: number): Promise<void> {
  const version = await runCommand('java', ['--version']);
  const found = Number(/\b(\d+)/.exec(version)?.[1]);
  if (!(found >= release))
    throw new TestServerError('NO_SOURCE', `Java ${release} is needed, ${found} is here`);
}
