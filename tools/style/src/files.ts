import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import ts from 'typescript';

/** The files that the check knows, below a folder of the repository; or the file itself. Sorted. */
export function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name))
    .flatMap((entry) => {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) return filesBelow(inside);
      return KNOWN.has(extname(entry.name)) ? [inside] : [];
    })
    .sort();
}

/** TypeScript that runs in production or is a tool: no spec, fake, suite or case. */
export function isSource(file: string): boolean {
  return file.endsWith('.ts') && !/\.spec\.ts$|\/(testing|e2e|cases|apiserver)\//.test(file);
}

export function isScript(file: string): boolean {
  return SCRIPTS.has(extname(file));
}

export function parseFile(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

export function linesOf({ text }: ts.SourceFile): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

const SKIPPED = new Set(['node_modules', 'dist', '.nx', '.git', 'package-lock.json']);

const SCRIPTS = new Set(['.ts', '.mjs']);

const KNOWN = new Set([
  ...SCRIPTS,
  '.md',
  '.sql',
  '.yaml',
  '.tpl',
  '.txt',
  '.xml',
  '.properties',
  '.java',
  '.py',
  '.go',
]);

/** Where the documents are, besides those of the libraries and tools. */
export const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs',
  'apps',
  'docker',
  'k8s',
  'samples',
];
