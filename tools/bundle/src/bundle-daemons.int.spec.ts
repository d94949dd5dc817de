import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bundleDaemons } from './bundle-daemons.js';

/** A checkout with one app, as the compiler leaves it. Its last words are the names of two classes. */
const CHECKOUT = {
  'package.json': '{ "type": "module" }',
  'libs/distribution-store/dist/migrate.main.js': 'console.log("migrated");',
  'libs/distribution-store/dist/keep-months.main.js': 'console.log("kept");',
  'apps/hello/dist/main.js': 'console.log("listens"); await import("./rest.js");',
  'apps/hello/dist/rest.js': `
    import { separator } from 'old-package';
    import { Trouble as First } from './first.js';
    import { Trouble as Second } from './second.js';
    console.log(First.name, separator, Second.name);`,
  'apps/hello/dist/first.js': 'export class Trouble extends Error {}',
  'apps/hello/dist/second.js': 'export class Trouble extends Error {}',
  'node_modules/old-package/package.json': '{}',
  'node_modules/old-package/index.js': `exports.separator = require('node:path').sep;`,
};

describe('bundleDaemons', () => {
  let root: string;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'comms-bundle-'));
    for (const [path, text] of Object.entries(CHECKOUT)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    await bundleDaemons(root);
    for (const source of ['apps', 'libs', 'node_modules']) rmSync(join(root, source), { recursive: true });
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('makes programs that need nothing of what they were made of, and keep the names of classes', () => {
    expect(output('hello/main.js')).toBe('listens\nTrouble / Trouble\n');
    expect(output('commands/migrate.js')).toBe('migrated\n');
    expect(output('commands/keep-months.js')).toBe('kept\n');
  });

  it('leaves what a program imports later in files of its own', () => {
    rmSync(join(root, 'dist/apps/shared'), { recursive: true });

    expect(() => output('hello/main.js')).toThrow(/listens/);
  });

  /** Of a program; where it fails, in the message of the error. */
  function output(program: string): string {
    try {
      return execFileSync(process.execPath, [join(root, 'dist/apps', program)], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (error) {
      throw new Error(`it fails after: ${(error as { stdout: string }).stdout}`, { cause: error });
    }
  }
});
