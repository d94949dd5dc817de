import { type Distribution, OUTBOUND_METHODS } from '@comms/distribution';
import { aDistribution } from '@comms/distribution/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createDocumentWriter, type DocumentOptions, isSendable } from './document-writer.js';
import { documentFaults } from './testing/document-faults.js';

describe('the document of a distribution', () => {
  it('has the members of the contract, in its order, and reads 1.0 as its version', () => {
    const distribution = aDistribution({ distributionId: '123', commsRequestId: '45' });
    expect(write(distribution)).toBe(
      '{"interfaceCategory":"COMMS","interfaceType":"PUSH","version":1.0,' +
        '"extractDateTime":"2026-11-24T12:00:00.000Z","commsDistributionId":"123","commsRequestId":"45",' +
        '"commsCode":"BILL_READY","priority":2,"target":"handset-token-1","alias":"Operator",' +
        '"message":"Your bill is ready.","sending":"0"}',
    );
  });

  it('has the time exclusion in UTC, whatever the date format, and the environment where there is one', () => {
    const timeExclusion = '2026-11-24T18:00:00.000Z';
    const distribution = aDistribution({ timeExclusion, sending: '1795521600123456' });
    const options = { dateFormat: 'HH:mm', timeZone: 'Asia/Kolkata', environment: 'test-2' };
    expect(write(distribution, options)).toContain(
      `,"timeExclusion":"${timeExclusion}","sending":"1795521600123456","environment":"test-2"}`,
    );
  });

  it('leaves out what is absent', () => {
    const text = write(aDistribution({ commsCode: null, target: null, alias: null }));
    expect(Object.keys(parse(text))).toEqual([
      'interfaceCategory',
      'interfaceType',
      'version',
      'extractDateTime',
      'commsDistributionId',
      'commsRequestId',
      'priority',
      'message',
      'sending',
    ]);
  });

  it('keeps every digit of a 64-bit id', () => {
    const text = write(
      aDistribution({ distributionId: '9223372036854775807', commsRequestId: '9007199254740993' }),
    );
    expect(parse(text)).toMatchObject({
      commsDistributionId: '9223372036854775807',
      commsRequestId: '9007199254740993',
    });
  });

  it('carries the date in the configured format and zone', () => {
    const text = write(aDistribution(), { dateFormat: 'dd "MM" yyyy, HH:mm', timeZone: 'Asia/Kolkata' });
    expect(parse(text)).toMatchObject({ extractDateTime: '24 "11" 2026, 17:30' });
  });

  it.each([
    ['emoji and joiners', 'Bill 📱👨‍👩‍👧 ready'],
    ['right-to-left text', 'فاتورتك جاهزة ‏وחשבון'],
    ['line separators', 'a\u2028b\u2029c\r\n'],
    ['JSON', '{"message":"\\u0000"}'],
    ['XML', '<a b="c">&amp;</a>'],
  ])('gives back %s unchanged', (_, message) => {
    expect(parse(write(aDistribution({ message })))).toMatchObject({ message });
  });

  it('escapes NUL and half a surrogate pair', () => {
    const text = write(aDistribution({ message: 'a\0b\ud83d' }));
    expect(text).toContain('"message":"a\\u0000b\\ud83d"');
  });

  it('follows the published schema, stays well-formed, and gives back any text', () => {
    fc.assert(
      fc.property(distributions, (distribution) => {
        const text = write(distribution);
        const document = parse(text);
        expect(documentFaults(document)).toEqual([]);
        expect(text).not.toContain('\0');
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
        const { commsCode, target, alias, message } = distribution;
        expect([document['commsCode'] ?? null, document['target'] ?? null]).toEqual([commsCode, target]);
        expect([document['alias'] ?? null, document['message']]).toEqual([alias, message]);
      }),
    );
  });
});

describe('isSendable', () => {
  it.each([
    [null, false],
    ['', false],
    [' ', true],
    ['Your bill is ready.', true],
  ])('returns for the message %p: %p', (message, expected) => {
    expect(isSendable(aDistribution({ message }))).toBe(expected);
  });
});

/** fast-check's own texts never hold NUL next to half a surrogate pair. */
const anyText = fc.string({ unit: 'binary' }).map((text) => text + '\udc00\0'.slice(0, text.length % 3));
const anyShortText = anyText.filter((text) => text.length <= 20);
const digits = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);

const distributions = fc
  .record({
    distributionId: digits,
    commsRequestId: digits,
    commsCode: fc.option(anyShortText),
    deliveryMethod: fc.constantFrom(...OUTBOUND_METHODS),
    priority: fc.constantFrom(1 as const, 2 as const, 3 as const),
    target: fc.option(anyText),
    alias: fc.option(anyShortText),
    message: anyText.filter((text) => text !== ''),
  })
  .map(aDistribution);

function write(distribution: Distribution, options: DocumentOptions = {}): string {
  if (!isSendable(distribution)) throw new Error('The test needs a distribution with a text.');
  return createDocumentWriter(options)(distribution, new Date('2026-11-24T12:00:00.000Z'));
}

function parse(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}
