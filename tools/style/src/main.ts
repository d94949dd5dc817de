import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readEnglish } from './english.js';
import { type Figures, figuresOf } from './figures.js';
import { DOCUMENTS, filesBelow } from './files.js';
import { type FolderEnglish, faultsOf, renderEnglish, renderFigures, renderWiring } from './report.js';
import { readRetiredWords } from './retired-words.js';
import { stepsIn } from './way-of-a-row.js';
import { wiringOf } from './wiring.js';

const USAGE = `Usage: npm run style -- [folder or file ...]

Prints figures of the code. Fails where a document, comment, name or string has a retired word, or where too many
sentences are long. Without arguments it looks at the whole repository.`;

/** Ends with 0, with 1 where the check fails, with 78 for a wrong argument. */
function main(args: readonly string[]): number {
  if (args.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  const unknown = args.find((path) => !existsSync(path));
  if (unknown !== undefined) {
    console.error(`${unknown} is not there\n\n${USAGE}`);
    return 78;
  }
  console.log(`${renderFigures(new Map(FIGURE_FOLDERS.map(figuresAt)))}\n`);
  console.log(`${renderWiring(wiringOf(['libs', 'apps']), functionsToQuery())}\n`);
  const words = readRetiredWords();
  const folders = (args.length > 0 ? args : wholeRepository()).map((folder): FolderEnglish => {
    return { folder, files: filesBelow(folder).map((file) => readEnglish(file, words)) };
  });
  console.log(renderEnglish(folders));
  const faults = faultsOf(folders, words);
  for (const fault of faults) console.error(fault);
  return faults.length > 0 ? 1 : 0;
}

function figuresAt(folder: string): [string, Figures] {
  return [folder, figuresOf(folder)];
}

/** The functions that the list in docs/architecture.md names. */
function functionsToQuery(): number {
  const steps = stepsIn(readFileSync('docs/architecture.md', 'utf8'));
  return steps.reduce((sum, { functions }) => sum + functions.length, 0);
}

/** The documents and each package. */
function wholeRepository(): string[] {
  const packages = ['libs', 'tools'].flatMap((root) => readdirSync(root).map((name) => `${root}/${name}`));
  return [...DOCUMENTS, ...packages];
}

const FIGURE_FOLDERS = ['libs', 'tools'];

process.exitCode = main(process.argv.slice(2));
