import { debianPackage } from './debian-package.js';
import { runCommand } from './run-command.js';

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
