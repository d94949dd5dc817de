import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '../../..');

const CODE = '(?:BROKER|STORE|DIRECTORY|FILE|MESSAGE|KEY|HEALTH|COURIER)_[A-Z_]+';

/** Made while a daemon runs, from what the system says. */
const OF_AN_ERRNO = /^DIRECTORY_E[A-Z]+$/;

describe('docs/operations.md', () => {
  const explained = codesOfTables(readFileSync(join(ROOT, 'docs/operations.md'), 'utf8'));
  const reported = codesOfLibraries();

  it('has a table row for each code that a daemon can report', () => {
    expect(reported.length).toBeGreaterThan(60);
    expect(reported.filter((code) => !explained.includes(code))).toEqual([]);
  });

  it('has none for a code that no daemon reports', () => {
    expect(explained.filter((code) => !reported.includes(code) && !OF_AN_ERRNO.test(code))).toEqual([]);
  });
});

/** Those in the first cell of a row. */
function codesOfTables(manual: string): string[] {
  const cells = manual.split('\n').flatMap((line) => /^\|([^|]+)\|/.exec(line)?.[1] ?? []);
  return cells.flatMap((cell) =>
    [...cell.matchAll(new RegExp(`\`(${CODE})\``, 'g'))].map(([, code = '']) => code),
  );
}

/** Those in quotes, or the names of an object's fields. */
function codesOfLibraries(): string[] {
  const literal = new RegExp(`'(${CODE})'|^ +(${CODE}):`, 'gm');
  const codes = sources().flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(literal)].map(([, quoted, field]) => quoted ?? field ?? ''),
  );
  return [...new Set(codes)];
}

function sources(): string[] {
  const files = readdirSync(join(ROOT, 'libs'), { recursive: true, encoding: 'utf8' });
  const isSource = /^[\w-]+\/src\/(?!.*\/testing\/|testing\/).*(?<!\.spec)\.ts$/;
  return files.filter((file) => isSource.test(file)).map((file) => join(ROOT, 'libs', file));
}
