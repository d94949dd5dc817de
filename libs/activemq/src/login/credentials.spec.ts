import { describe, expect, it } from '@jest/globals';
import { doubleBackslashes, hasBackslash, outerSpaceHint } from './credentials.js';

describe('doubleBackslashes', () => {
  it('doubles each, in both values', () => {
    expect(doubleBackslashes({ username: 'CORP\\u', password: '\\\\x\\' })).toEqual({
      username: 'CORP\\\\u',
      password: '\\\\\\\\x\\\\',
    });
  });

  it('leaves absent what is absent', () => {
    expect(doubleBackslashes({ username: undefined, password: undefined })).toEqual({});
  });
});

describe('hasBackslash', () => {
  it.each([
    ['CORP\\u', 'p', true],
    ['u', 'p\\', true],
    ['u', 'p/', false],
    [undefined, undefined, false],
  ])('looks at %j and %j', (username, password, expected) => {
    expect(hasBackslash({ username, password })).toBe(expected);
  });
});

describe('outerSpaceHint', () => {
  it.each([
    ['user ', 'p', 'comms.broker.username'],
    ['user', '\tp', 'comms.broker.password'],
    ['user', 'p ', 'comms.broker.password'],
  ])('names the property of %j, %j and no value', (username, password, key) => {
    const hint = outerSpaceHint({ username, password });
    expect(hint).toBe(`The value of ${key} begins or ends with white space, which ActiveMQ drops.`);
  });

  it('is silent about spaces inside', () => {
    expect(outerSpaceHint({ username: 'a user', password: 'a pass word' })).toBeUndefined();
    expect(outerSpaceHint({ username: undefined, password: undefined })).toBeUndefined();
  });
});
