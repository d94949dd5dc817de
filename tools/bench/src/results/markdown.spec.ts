import { describe, expect, it } from '@jest/globals';
import { putSection } from './markdown.js';

const TEXT = 'before\n\n<!-- scale -->\n\nold\n\n<!-- end of scale -->\n\nafter\n';

describe('putSection', () => {
  it('puts new lines in place of the old ones, and leaves all else', () => {
    const once = putSection(TEXT, 'scale', ['new', 'newer']);

    expect(once).toBe('before\n\n<!-- scale -->\n\nnew\nnewer\n\n<!-- end of scale -->\n\nafter\n');
    expect(putSection(once, 'scale', ['new', 'newer'])).toBe(once);
  });

  it('refuses a text without the section', () => {
    expect(() => putSection(TEXT, 'figures', [])).toThrow('the text has no section figures');
  });
});
