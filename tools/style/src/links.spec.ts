import { describe, expect, it } from '@jest/globals';
import { filesBelow } from './files.js';
import { brokenLinks } from './links.js';

const FOLDERS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs',
  'apps',
  'docker',
  'k8s',
  'libs',
  'tools',
];

describe('the documents', () => {
  it.each(FOLDERS)('have no link in %s that leads nowhere', (folder) => {
    const documents = filesBelow(folder).filter((file) => file.endsWith('.md'));
    expect(documents.flatMap((file) => brokenLinks(file).map((link) => `${file}: ${link}`))).toEqual([]);
  });
});
