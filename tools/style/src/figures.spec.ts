import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { functionLengths, spreadOf } from './figures.js';

describe('spreadOf', () => {
  it('takes the nearest rank', () => {
    expect(spreadOf([40, 10, 30, 20])).toEqual({ median: 20, p90: 40, max: 40 });
    expect(spreadOf([7])).toEqual({ median: 7, p90: 7, max: 7 });
  });

  it('is zero where there is nothing', () => {
    expect(spreadOf([])).toEqual({ median: 0, p90: 0, max: 0 });
  });
});

describe('functionLengths', () => {
  it('measures functions, methods and arrow functions, those inside others too', () => {
    expect(lengthsOf('function a() {\n  const b = () => {\n  };\n}\nclass C {\n  d() {}\n}')).toEqual([
      4, 2, 1,
    ]);
  });

  it('leaves out arrow functions on one line, and types', () => {
    expect(lengthsOf('const a = () => 1;\ninterface B {\n  c(): void;\n}')).toEqual([]);
  });
});

function lengthsOf(code: string): number[] {
  return functionLengths(ts.createSourceFile('a.ts', code, ts.ScriptTarget.Latest, true));
}
