/**
 * `node docker/image-tree.mjs APP FOLDER`: puts the file tree of one app's image into a new folder, from a built
 * repository: the app and the commands for the database, joined with all packages that they use. Of those packages it takes
 * manifests and licences, so that a scanner or a lawyer finds what is in the image.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCE_MAP = /\.map$/;
const MANIFEST = /^(package\.json|(licen[cs]e|notice|copying).*)$/i;

const [app, folder] = process.argv.slice(2);
if (!apps().includes(app) || !folder) fail(`usage: node docker/image-tree.mjs ${apps().join('|')} FOLDER`);
if (existsSync(folder)) fail(`${folder} is there already: the tree goes into a new folder`);

const packages = productionPackages();
mkdirSync(folder, { recursive: true });
for (const part of [app, 'commands', 'shared']) copy(join('dist/apps', part));
for (const path of packages.flatMap(manifestsOf)) copy(path);
link('main.js', join('dist/apps', app, 'main.js'));
link('migrate.js', 'dist/apps/commands/migrate.js');
link('keep-months.js', 'dist/apps/commands/keep-months.js');
writeFileSync(join(folder, 'package.json'), manifest());
console.log(`${folder}: ${app}, made of ${packages.length} packages`);

function apps() {
  return readdirSync(join(ROOT, 'apps'));
}

/** The packages for production that this platform has. */
function productionPackages() {
  return Object.entries(read('package-lock.json').packages)
    .filter(
      ([path, { dev, devOptional, link: isLink }]) =>
        path.startsWith('node_modules/') && !dev && !devOptional && !isLink,
    )
    .map(([path]) => path)
    .filter((path) => existsSync(join(ROOT, path)));
}

function manifestsOf(path) {
  return readdirSync(join(ROOT, path))
    .filter((name) => MANIFEST.test(name))
    .map((name) => join(path, name));
}

/** Version and module type; Node.js looks for both above the program. */
function manifest() {
  const { name, version, type, license } = read('package.json');
  return `${JSON.stringify({ name, version, type, license, private: true }, null, 2)}\n`;
}

function copy(path) {
  const from = join(ROOT, path);
  if (!existsSync(from)) fail(`${path} is missing: run npm ci && npm run build first`);
  cpSync(from, join(folder, path), { recursive: true, filter: (source) => !SOURCE_MAP.test(source) });
}

function link(path, target) {
  const at = join(folder, path);
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(relative(dirname(at), join(folder, target)), at);
}

function read(path) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

function fail(text) {
  console.error(text);
  process.exit(64);
}
