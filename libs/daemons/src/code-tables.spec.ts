import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CODE_TABLES, CODES } from './code-tables.js';

const LIBRARIES = resolve(import.meta.dirname, '../..');

/** Made while a daemon runs, from what the system says. */
const OF_AN_ERRNO = /^DIRECTORY_E[A-Z]+$/;

const QUOTED = /'((?:BROKER|STORE|DIRECTORY|FILE|MESSAGE|KEY|SECRET_FILE|HEALTH|COURIER)_[A-Z_]+)'/g;

describe('the tables of codes', () => {
  const reported = codesOfSources();
  const explained = Object.values(CODE_TABLES).flatMap(({ codes }) => Object.keys(codes));

  it('explain each code that a library reports', () => {
    expect(reported.size).toBeGreaterThan(60);
    expect([...reported].filter((code) => !CODES.has(code))).toEqual([]);
  });

  it('explain none that no library reports', () => {
    expect(explained.filter((code) => !reported.has(code) && !OF_AN_ERRNO.test(code))).toEqual([]);
  });

  it('explain each code once', () => {
    expect(explained).toHaveLength(CODES.size);
  });
});

/** The codes that stand in quotes, in the code of all libraries. */
function codesOfSources(): ReadonlySet<string> {
  const files = readdirSync(LIBRARIES, { recursive: true, encoding: 'utf8' });
  const isSource = /^[\w-]+\/src\/(?!.*\/testing\/|testing\/).*(?<!\.spec)\.ts$/;
  const codes = files
    .filter((file) => isSource.test(file))
    .flatMap((file) => [...readFileSync(join(LIBRARIES, file), 'utf8').matchAll(QUOTED)]);
  return new Set(codes.map(([, code = '']) => code));
}
