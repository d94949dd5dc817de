import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { documentationText, type SourceText, sourceTexts } from './source-texts.js';

describe('sourceTexts', () => {
  it('finds comments of each kind once', () => {
    const texts = textsOf('/** First. */\nexport const a = 1; // second\n/* third */\n');
    expect(ofKind(texts, 'documentation')).toEqual(['/** First. */']);
    expect(ofKind(texts, 'comment')).toEqual(['// second', '/* third */']);
  });

  it('finds literals, and takes no slashes within them for a comment', () => {
    const texts = textsOf("const url = 'http://x'; const t = `a // ${url} b`; const r = /[/]/;");
    expect(ofKind(texts, 'string')).toEqual(["'http://x'", '`a // ${', '} b`']);
    expect(ofKind(texts, 'comment')).toEqual([]);
  });

  it('finds identifiers, those of private members too', () => {
    expect(ofKind(textsOf('class A { #b = 1; c() {} }'), 'identifier')).toEqual(['A', '#b', 'c']);
  });

  it('knows the line of each', () => {
    expect(textsOf('\n\n// here\n').map(({ line }) => line)).toEqual([3]);
  });
});

describe('documentationText', () => {
  it('leaves out the stars, and makes each tag an item', () => {
    const comment = '/**\n * Puts rows.\n *\n * @param limit rows at most\n * @returns how many\n */';
    expect(documentationText(comment)).toBe('\nPuts rows.\n\n- limit rows at most\n- how many\n');
  });

  it('takes a link for code', () => {
    expect(documentationText('/** See {@link Daemon}. */')).toBe('See `Daemon`.');
  });
});

function textsOf(code: string): SourceText[] {
  return sourceTexts(ts.createSourceFile('a.ts', code, ts.ScriptTarget.Latest, true));
}

function ofKind(texts: readonly SourceText[], kind: SourceText['kind']): string[] {
  return texts.filter((text) => text.kind === kind).map(({ text }) => text);
}
