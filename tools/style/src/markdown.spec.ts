import { describe, expect, it } from '@jest/globals';
import { linesWithoutCode, passagesOf } from './markdown.js';

describe('passagesOf', () => {
  it('joins the lines of a paragraph', () => {
    expect(passagesOf('# Title\n\nOne row\nis sent.\n\nAnother waits.')).toEqual([
      { line: 3, text: 'One row is sent.' },
      { line: 6, text: 'Another waits.' },
    ]);
  });

  it('takes each item of a list and each cell of a table by itself', () => {
    const text = '- first\n  item\n- second\n1. third\n\n| a | b \\| c |\n| --- | --- |\n| d | 1 |';
    expect(passagesOf(text).map((passage) => passage.text)).toEqual([
      'first item',
      'second',
      'third',
      'a',
      'b \\| c',
      'd',
    ]);
  });

  it('leaves out headings, code blocks and comments', () => {
    expect(passagesOf('## Head\n<!-- figures -->\n```sh\nnpm ci\n```\n')).toEqual([]);
  });

  it('takes inline code for one word, and the text of a link for the link', () => {
    expect(passagesOf('Set `comms.a = b c` as [the manual](x.md) says, **now**, _not_ later.')).toEqual([
      { line: 1, text: 'Set Code as the manual says, now, not later.' },
    ]);
  });
});

describe('linesWithoutCode', () => {
  it('leaves out inline code and keeps the number of lines', () => {
    expect(linesWithoutCode('a `bc` d\n``e `f` g`` h')).toEqual(['a      d', '            h']);
  });

  it('keeps the text of code blocks', () => {
    expect(linesWithoutCode('```sql\n-- a remark\n```')).toContain('-- a remark');
  });
});
