import { describe, expect, it } from '@jest/globals';
import { loggableError } from './loggable-error.js';

describe('the message of a loggable error', () => {
  it('is there for an error with a code of ours', () => {
    expect(messageOf(anError('The broker is down.', { code: 'BROKER_DOWN' }))).toBe('The broker is down.');
  });

  it('is there for a system error', () => {
    const refused = { code: 'ECONNREFUSED', syscall: 'connect' };
    expect(messageOf(anError('connect ECONNREFUSED 127.0.0.1:5432', refused))).toMatch('127.0.0.1:5432');
  });

  it('is there for an error in how modules are joined', () => {
    class UnknownDependenciesException extends Error {}
    expect(messageOf(new UnknownDependenciesException("can't resolve"))).toBe("can't resolve");
  });

  it.each([
    ['an SQLSTATE', { code: '22P02' }],
    ['a code of Node.js', { code: 'ERR_INVALID_ARG_TYPE' }],
    ['a code of one word', { code: 'REFUSED' }],
    ['no code', {}],
  ])('is withheld for an error with %s', (_, fields) => {
    expect(messageOf(anError('Hello Ann, your bill is due', fields))).toBeUndefined();
  });

  it.each([
    [() => (undefined as unknown as { row: string }).row, 'Cannot read properties of undefined'],
    [() => (0 as unknown as () => unknown)(), undefined],
    [() => JSON.parse('Hello Ann') as unknown, undefined],
    [() => 'id' in ('Hello Ann' as unknown as object), undefined],
    [() => new Date('Hello Ann').toISOString(), 'Invalid time value'],
  ])('is cut for a defect before it quotes a value: %p', (defect, message) => {
    expect(messageOf(thrownBy(defect))).toBe(message);
  });
});

function messageOf(error: Error): string | undefined {
  return loggableError(error).message;
}

function anError(message: string, fields: object): Error {
  return Object.assign(new Error(message), fields);
}

function thrownBy(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown');
}
