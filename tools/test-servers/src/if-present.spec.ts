import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ifPresent } from './if-present.js';

const here = () => Promise.resolve('found');
const absent = () => Promise.reject(new Error('no such program\nand more'));

describe('ifPresent', () => {
  const before = process.env['COMMS_TEST_REQUIRE'];
  beforeEach(() => {
    delete process.env['COMMS_TEST_REQUIRE'];
  });
  afterEach(() => {
    if (before === undefined) delete process.env['COMMS_TEST_REQUIRE'];
    else process.env['COMMS_TEST_REQUIRE'] = before;
  });

  it('gives what is there', async () => {
    expect(await ifPresent('fuse', here)).toBe('found');
  });

  it('gives null for what is absent', async () => {
    expect(await ifPresent('fuse', absent)).toBeNull();
  });

  it('fails with the reason where COMMS_TEST_REQUIRE names what is absent', async () => {
    process.env['COMMS_TEST_REQUIRE'] = 'go, fuse';
    await expect(ifPresent('fuse', absent)).rejects.toMatchObject({
      code: 'REQUIRED',
      message: 'COMMS_TEST_REQUIRE names fuse, which is not available here: no such program',
    });
    expect(await ifPresent('java', absent)).toBeNull();
  });

  it('refuses a name that it does not know, whatever is there', async () => {
    process.env['COMMS_TEST_REQUIRE'] = 'docker';
    await expect(ifPresent('fuse', here)).rejects.toMatchObject({ code: 'REQUIRED' });
  });
});
