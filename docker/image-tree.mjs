/**
 * `node docker/image-tree.mjs APP FOLDER`: puts the file tree of one app's image into a new folder, from a built
 * repository: the app, the libraries that it uses, the production packages of package-lock.json, and nothing else.
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
const LIBRARY = /^@comms\//;
/** What Node.js never loads: types, source maps, manuals; other packages' tests and builds for browsers. Licences stay. */
const DEAD_FILE = /(?<!licen[cs]e)\.([cm]?ts|map|md|markdown|flow|tsbuildinfo)$/i;
const DEAD_FOLDER = /(^|\/)(node_modules|test|tests|browser|bundles|esm5|esm2015)(\/|$)/;

const [app, folder] = process.argv.slice(2);
if (!apps().includes(app) || !folder) fail(`usage: node docker/image-tree.mjs ${apps().join('|')} FOLDER`);
if (existsSync(folder)) fail(`${folder} is there already: the tree goes into a new folder`);

const libraries = librariesOf(join('apps', app));
const packages = productionPackages();
mkdirSync(folder, { recursive: true });
copy(join('dist/apps', app));
for (const name of libraries) {
  copy(join(placeOf(name), 'package.json'));
  copy(join(placeOf(name), 'dist'));
  link(join('node_modules', name), placeOf(name));
}
for (const path of packages) copy(path);
link('main.js', join('dist/apps', app, 'main.js'));
link('migrate.js', 'libs/distribution-store/dist/migrate.main.js');
link('keep-months.js', 'libs/distribution-store/dist/keep-months.main.js');
writeFileSync(join(folder, 'package.json'), manifest());
console.log(`${folder}: ${app}, ${libraries.length} libraries, ${packages.length} packages`);

function apps() {
  return readdirSync(join(ROOT, 'apps'));
}

/** The libraries that a workspace uses, and those that they use. */
function librariesOf(place, found = new Set()) {
  const { dependencies = {} } = read(join(place, 'package.json'));
  for (const name of Object.keys(dependencies).filter((name) => LIBRARY.test(name) && !found.has(name))) {
    librariesOf(placeOf(name), found.add(name));
  }
  return [...found];
}

/** The packages for production that this platform has; the outer ones first. */
function productionPackages() {
  return Object.entries(read('package-lock.json').packages)
    .filter(
      ([path, { dev, devOptional, link: isLink }]) =>
        path.startsWith('node_modules/') && !dev && !devOptional && !isLink,
    )
    .map(([path]) => path)
    .filter((path) => existsSync(join(ROOT, path)));
}

function placeOf(library) {
  return library.replace(LIBRARY, 'libs/');
}

/** Version and module type; Node.js looks for both above the program. */
function manifest() {
  const { name, version, type, license } = read('package.json');
  return `${JSON.stringify({ name, version, type, license, private: true }, null, 2)}\n`;
}

function copy(path) {
  const from = join(ROOT, path);
  if (!existsSync(from)) fail(`${path} is missing: run npm ci && npm run build first`);
  cpSync(from, join(folder, path), { recursive: true, filter: (source) => isWanted(relative(from, source)) });
}

/** A package inside a package has its own line in the lock file. */
function isWanted(path) {
  return !DEAD_FILE.test(path) && !DEAD_FOLDER.test(path);
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
