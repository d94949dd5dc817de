import { describe, expect, it } from '@jest/globals';
import { healsItself } from './cycles.js';

describe('healsItself', () => {
  it.each([
    ['an error that says it is retryable', { retryable: true }, true],
    ['an error that says it is not', { retryable: false, syscall: 'connect' }, false],
    ['a system error', { code: 'ECONNREFUSED', syscall: 'connect' }, true],
    ['any other error', { code: '42P01' }, false],
  ])('answers for %s', (_, fields, expected) => {
    expect(healsItself(Object.assign(new Error('x'), fields))).toBe(expected);
  });

  it('is false for a value that is not an error', () => {
    expect(healsItself('x')).toBe(false);
  });
});
