import { describe, expect, it } from '@jest/globals';
import { DOCUMENTS, filesBelow } from './files.js';
import { brokenLinks } from './testing/broken-links.js';

describe('the documents', () => {
  it.each([...DOCUMENTS, 'libs', 'tools'])('have no link in %s that leads nowhere', (folder) => {
    const documents = filesBelow(folder).filter((file) => file.endsWith('.md'));
    expect(documents.flatMap((file) => brokenLinks(file).map((link) => `${file}: ${link}`))).toEqual([]);
  });
});
