import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const RELEASES = Object.entries(JSON.parse(read('docs/releases.json')) as Record<string, string>);

describe.each(RELEASES)('release %s', (version, commit) => {
  it('is a commit of this repository whose package.json has that version', () => {
    const manifest = execFileSync('git', ['show', `${commit}:package.json`], { encoding: 'utf8' });
    expect(JSON.parse(manifest)).toMatchObject({ version });
  });

  it('is in the changelog with its commit', () => {
    expect(read('CHANGELOG.md')).toContain(`## ${version}\n\nThe first release. Its commit is \`${commit}\``);
  });
});

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}
