import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { putFiles } from './put-files.js';

describe('putFiles', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'comms-put-files-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('makes a folder hold these files and no others', async () => {
    await putFiles(folder, [file('app/main.js', 'one'), file('shared/old.js', 'two')]);
    await putFiles(folder, [file('app/main.js', 'three'), file('shared/new.js', 'four')]);

    expect(readFileSync(join(folder, 'app/main.js'), 'utf8')).toBe('three');
    expect(readdirSync(join(folder, 'shared'))).toEqual(['new.js']);
  });

  it('does not touch a file that holds its content already', async () => {
    const path = join(folder, 'main.js');
    await putFiles(folder, [file('main.js', 'same')]);
    utimesSync(path, 1_000, 1_000);
    await putFiles(folder, [file('main.js', 'same')]);

    expect(statSync(path).mtimeMs).toBe(1_000_000);
  });

  function file(path: string, text: string) {
    return { path: join(folder, path), contents: new TextEncoder().encode(text) };
  }
});
