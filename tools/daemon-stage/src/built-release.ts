import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleDaemons } from '@comms/bundle';
import { repositoryPath } from '@comms/kit';

/**
 * The folder of a release that docs/releases.json names, with its daemons and its migration built from its commit. It is
 * made once per checkout. Foreign packages are those of this checkout; the packages of the project are the release's own.
 */
export async function builtRelease(version: string): Promise<string> {
  const releases = repositoryPath('dist/releases');
  const folder = join(releases, version);
  if (existsSync(folder)) return folder;
  await mkdir(releases, { recursive: true });
  const draft = await mkdtemp(`${folder}.`);
  try {
    await unpack(await commitOf(version), draft);
    await linkPackages(draft);
    await build(draft);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function commitOf(version: string): Promise<string> {
  const releases = JSON.parse(await readFile(repositoryPath('docs/releases.json'), 'utf8')) as Record<
    string,
    string
  >;
  const commit = releases[version];
  if (commit === undefined) throw new Error(`docs/releases.json has no release ${version}`);
  return commit;
}

async function unpack(commit: string, folder: string): Promise<void> {
  const archive = join(folder, 'release.tar');
  await run('git', ['archive', `--output=${archive}`, commit, ...PARTS], { cwd: repositoryPath('') });
  await run('tar', ['-xf', archive], { cwd: folder });
  await rm(archive);
}

const run = promisify(execFile);
const PARTS = ['package.json', 'tsconfig.base.json', 'apps', 'libs'];

/** Node and TypeScript look for packages in the folders above: first here, then in this checkout. */
async function linkPackages(folder: string): Promise<void> {
  const links = join(folder, 'node_modules', '@comms');
  await mkdir(links, { recursive: true });
  for (const library of await readdir(join(folder, 'libs')))
    await symlink(`../../libs/${library}`, join(links, library));
}

async function build(folder: string): Promise<void> {
  const apps = await readdir(join(folder, 'apps'));
  const projects = [...apps.map((app) => `apps/${app}`), 'libs/distribution-store'];
  const arguments_ = ['-b', ...projects.map((project) => `${project}/tsconfig.build.json`)];
  await run(process.execPath, [repositoryPath('node_modules/typescript/bin/tsc'), ...arguments_], {
    cwd: folder,
  });
  // Release 0.1.0 has its daemons there as the compiler makes them.
  if (!existsSync(join(folder, 'dist/apps'))) await bundleDaemons(folder);
}
