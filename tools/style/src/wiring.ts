import ts from 'typescript';
import { filesBelow, isSource, linesOf, parseFile } from './files.js';

/** How much of libs and apps does nothing but put parts together. */
export interface Wiring {
  /** Calls of `Symbol`, as tokens of injection are made. */
  readonly symbols: number;
  readonly useFactory: number;
  readonly useExisting: number;
  readonly files: number;
  readonly lines: number;
}

export function wiringOf(folders: readonly string[]): Wiring {
  const sources = folders.flatMap(filesBelow).filter(isSource).map(parseFile);
  const nodes = sources.flatMap(nodesOf);
  const wiring = sources.filter(({ fileName }) => WIRING.test(fileName));
  const properties = (name: string) =>
    nodes.filter((node) => ts.isPropertyAssignment(node) && node.name.getText() === name).length;
  return {
    symbols: nodes.filter((node) => ts.isCallExpression(node) && node.expression.getText() === 'Symbol')
      .length,
    useFactory: properties('useFactory'),
    useExisting: properties('useExisting'),
    files: wiring.length,
    lines: wiring.reduce((sum, source) => sum + linesOf(source), 0),
  };
}

function nodesOf(node: ts.Node): ts.Node[] {
  const nodes = [node];
  ts.forEachChild(node, (child) => {
    nodes.push(...nodesOf(child));
  });
  return nodes;
}

/** Modules of Nest, and the pages on which the daemons are assembled. */
const WIRING = /[./]module\.ts$|\/(delivery|monitor)-daemon\.ts$/;
