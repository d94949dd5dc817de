/** Hooks for Node.js that run TypeScript sources as they are, decorators included: see start-from-source.ts. */
import { readFile } from 'node:fs/promises';
import { transform } from '@swc/core';

export async function resolve(specifier, context, next) {
  const source = context.parentURL?.endsWith('.ts') && specifier.startsWith('.');
  return next(source ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = await transform(await readFile(new URL(url), 'utf8'), OPTIONS);
  return { format: 'module', source: code, shortCircuit: true };
}

const OPTIONS = {
  swcrc: false,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};
