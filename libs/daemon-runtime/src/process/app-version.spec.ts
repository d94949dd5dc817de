import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appVersion } from './app-version.js';

describe('appVersion', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'app-version-'));
    mkdirSync(join(root, 'dist/apps/push-to-handset'), { recursive: true });
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('is the version in the nearest package.json above the program', () => {
    writeFileSync(join(root, 'package.json'), '{ "version": "1.2.3" }');
    expect(appVersion(join(root, 'dist/apps/push-to-handset/main.js'))).toBe('1.2.3');
  });

  it('skips a package.json without a version, or that cannot be read', () => {
    writeFileSync(join(root, 'package.json'), '{ "version": "1.2.3" }');
    writeFileSync(join(root, 'dist/package.json'), '{ "type": "module" }');
    writeFileSync(join(root, 'dist/apps/package.json'), 'not JSON');
    expect(appVersion(join(root, 'dist/apps/push-to-handset/main.js'))).toBe('1.2.3');
  });

  it('is unknown where there is none', () => {
    expect(appVersion('/no/such/program.js')).toBe('unknown');
  });
});
