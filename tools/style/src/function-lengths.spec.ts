import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { functionLengths } from './function-lengths.js';

describe('functionLengths', () => {
  it('measures functions, methods and arrow functions, those inside others too', () => {
    expect(lengthsOf('function a() {\n  const b = () => {\n  };\n}\nclass C {\n  d() {}\n}')).toEqual([
      4, 2, 1,
    ]);
  });

  it('counts neither blank lines nor comments, but every line of a text', () => {
    expect(lengthsOf('/** a */\nfunction a() {\n\n  // b\n  b(); // c\n  /*\n  d */\n}')).toEqual([3]);
    expect(lengthsOf('function a() {\n  return `b\n// c\n`;\n}')).toEqual([5]);
    expect(lengthsOf('function a() {\n  b(\n    // none\n  );\n}')).toEqual([4]);
  });

  it('leaves out arrow functions on one line, and types', () => {
    expect(lengthsOf('const a = () => 1;\ninterface B {\n  c(): void;\n}')).toEqual([]);
  });
});

function lengthsOf(code: string): number[] {
  return functionLengths(ts.createSourceFile('a.ts', code, ts.ScriptTarget.Latest, true));
}
