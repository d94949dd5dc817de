import { describe, expect, it } from '@jest/globals';
import { aDistribution } from '@comms/distribution/testing';
import { createDocumentWriter } from '@comms/message-json';
import { JsonEncoder } from './json-encoder.js';

const sealing = { encrypt: (json: string) => `sealed ${json.length}` };

describe('JsonEncoder', () => {
  it('makes plain JSON without an encrypter', () => {
    const payload = new JsonEncoder(createDocumentWriter()).encode(aDistribution({ message: 'Hello' }));
    expect(payload).toMatchObject({ contentType: 'application/json' });
    expect(JSON.parse('body' in payload ? payload.body : '')).toMatchObject({ message: 'Hello' });
  });

  it('makes only what the encrypter returns, where there is one', () => {
    const payload = new JsonEncoder(createDocumentWriter(), { encrypter: sealing }).encode(aDistribution());
    expect(payload).toMatchObject({
      contentType: 'application/jose',
      body: expect.stringMatching(/^sealed \d+$/),
    });
  });

  it('reports the environment', () => {
    const encoder = new JsonEncoder(createDocumentWriter(), { environment: 'test-2' });
    expect(encoder.encode(aDistribution())).toMatchObject({ environment: 'test-2' });
  });

  it.each([
    [true, '2026-11-24T18:00:00.007Z', 1795543200007],
    [true, null, undefined],
    [false, '2026-11-24T18:00:00.007Z', undefined],
  ])('with expireOnQueue %p and the time exclusion %p lets a message expire at %p', (...args) => {
    const [expireOnQueue, timeExclusion, expected] = args;
    for (const encrypter of [undefined, sealing]) {
      const encoder = new JsonEncoder(createDocumentWriter(), { expireOnQueue, encrypter });
      const payload = encoder.encode(aDistribution({ timeExclusion }));
      expect('expiresAt' in payload && payload.expiresAt).toBe(expected);
    }
  });

  it.each([null, ''])('finds the row at fault when its message is %p', (message) => {
    expect(new JsonEncoder(createDocumentWriter()).encode(aDistribution({ message }))).toMatchObject({
      fault: { code: 'MESSAGE_MISSING' },
    });
  });
});
