import { describe, expect, it } from '@jest/globals';
import { safeMessage } from './loggable-error.js';

describe('safeMessage', () => {
  it('passes the message of an error with a code of ours', () => {
    expect(safeMessage(anError('The broker is down.', { code: 'BROKER_DOWN' }))).toBe('The broker is down.');
  });

  it('passes the message of a system error', () => {
    const refused = { code: 'ECONNREFUSED', syscall: 'connect' };
    expect(safeMessage(anError('connect ECONNREFUSED 127.0.0.1:5432', refused))).toMatch('127.0.0.1:5432');
  });

  it('passes the message of an error in how modules are joined', () => {
    class UnknownDependenciesException extends Error {}
    expect(safeMessage(new UnknownDependenciesException("can't resolve"))).toBe("can't resolve");
  });

  it.each([
    ['an SQLSTATE', { code: '22P02' }],
    ['a code of Node.js', { code: 'ERR_INVALID_ARG_TYPE' }],
    ['a code of one word', { code: 'REFUSED' }],
    ['no code', {}],
  ])('withholds the message of an error with %s', (_, fields) => {
    expect(safeMessage(anError('Hello Ann, your bill is due', fields))).toBeUndefined();
  });

  it.each([
    [() => (undefined as unknown as { row: string }).row, 'Cannot read properties of undefined'],
    [() => (0 as unknown as () => unknown)(), undefined],
    [() => JSON.parse('Hello Ann') as unknown, undefined],
    [() => 'id' in ('Hello Ann' as unknown as object), undefined],
    [() => new Date('Hello Ann').toISOString(), 'Invalid time value'],
  ])('cuts the message of a defect before it quotes a value: %p', (defect, message) => {
    expect(safeMessage(thrownBy(defect))).toBe(message);
  });
});

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
