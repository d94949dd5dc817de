import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { parseFile } from '../files.js';
import type { Step } from '../way-of-a-row.js';

/** What the list promises and does not keep; one sentence each. */
export function faultsOf(steps: readonly Step[]): string[] {
  const missing = steps.filter(({ file }) => !existsSync(file));
  if (missing.length > 0) return missing.map(({ file }) => `${file} does not exist`);
  const imported = new Set<string>();
  const faults: string[] = [];
  for (const [i, { file, functions }] of steps.entries()) {
    if (i > 0 && !imported.has(file)) faults.push(`${file} is imported by no file before it`);
    const source = parseFile(file);
    const names = namesIn(source);
    for (const name of functions) if (!names.has(name)) faults.push(`${file} has no ${name}`);
    for (const target of importsOf(source)) imported.add(target);
  }
  return faults;
}

/** The files that a file imports or loads, through the doors of our packages to the files that they export. */
function importsOf(source: ts.SourceFile): string[] {
  const targets: string[] = [];
  const visit = (node: ts.Node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) {
      const door = resolve(source.fileName, specifier);
      if (door !== undefined) targets.push(door, ...behindDoor(door, node));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return targets;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const { moduleSpecifier } = node;
    return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
  }
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [argument] = node.arguments;
  return argument && ts.isStringLiteral(argument) ? argument.text : undefined;
}

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier.replace(/\.js$/, '.ts')));
  const [, name, door = ''] = /^@comms\/([^/]+)(\/.+)?$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const { exports } = JSON.parse(readFileSync(join('libs', name, 'package.json'), 'utf8')) as PackageDoors;
  const entry = exports[`.${door}`]?.['@comms/source'];
  return entry === undefined ? undefined : join('libs', name, entry);
}

/** Where a door has the names from that are imported by `node`. */
function behindDoor(door: string, node: ts.Node): string[] {
  if (!door.endsWith('/index.ts') || !ts.isImportDeclaration(node)) return [];
  const bindings = node.importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return [];
  const wanted = new Set(bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text));
  return parseFile(door).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return [];
    const { exportClause } = statement;
    if (!exportClause || !ts.isNamedExports(exportClause)) return [];
    if (!exportClause.elements.some(({ name }) => wanted.has(name.text))) return [];
    const target = resolve(door, specifierOf(statement) ?? '');
    return target === undefined ? [] : [target];
  });
}

function namesIn(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

interface PackageDoors {
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
