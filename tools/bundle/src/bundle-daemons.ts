import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { putFiles } from './put-files.js';

/**
 * Joins the daemons that the compiler has made in a checkout, and the commands for the database, with all packages that they
 * use. Below `dist/apps` are then `<app>/main.js`, `commands`, and `shared` for what they load. They need no other file but
 * a `package.json` above them.
 */
export async function bundleDaemons(root: string): Promise<void> {
  const apps = await readdir(join(root, 'apps'));
  const daemons = apps.map((app) => [`${app}/main`, `apps/${app}/dist/main.js`]);
  const entryPoints = { ...Object.fromEntries(daemons), ...COMMANDS } as Record<string, string>;
  const outdir = join(root, 'dist/apps');
  const { outputFiles } = await build({ ...OPTIONS, absWorkingDir: root, entryPoints, outdir });
  await putFiles(outdir, outputFiles);
}

const COMMANDS = {
  'commands/migrate': 'libs/distribution-store/dist/migrate.main.js',
  'commands/keep-months': 'libs/distribution-store/dist/keep-months.main.js',
};

const OPTIONS = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // What a program imports only later stays in files of its own: it listens for signals before it loads the rest.
  splitting: true,
  chunkNames: 'shared/[name]-[hash]',
  // Errors are logged by the names of their classes, also where two files have a class of one name.
  keepNames: true,
  // Packages that others load where they are installed. They are not, or not used.
  external: ['@nestjs/microservices', '@nestjs/websockets', 'class-transformer', 'file-type', 'pg-native'],
  // Packages in the older format load those of Node.js by this function, which newer files lack.
  banner: {
    js: `import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);`,
  },
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  write: false,
} as const satisfies BuildOptions;
