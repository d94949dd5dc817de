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

  it('makes what the encrypter returns, and nothing else, with one', () => {
    const payload = new JsonEncoder(createDocumentWriter(), sealing).encode(aDistribution());
    expect(payload).toMatchObject({
      contentType: 'application/jose',
      body: expect.stringMatching(/^sealed \d+$/),
    });
  });

  it.each([null, ''])('finds the row at fault when its message is %p', (message) => {
    expect(new JsonEncoder(createDocumentWriter()).encode(aDistribution({ message }))).toMatchObject({
      fault: { code: 'MESSAGE_MISSING' },
    });
  });
});
