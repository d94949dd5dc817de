import { describe, expect, it } from '@jest/globals';
import { documentFaults, readerFaults } from './document-faults.js';

describe('the closed schema of the message', () => {
  it('accepts the document of the contract, with and without what may be absent', () => {
    expect(documentFaults(document)).toEqual([]);
    expect(
      documentFaults({ ...document, ...Object.fromEntries(OPTIONAL.map((name) => [name, undefined])) }),
    ).toEqual([]);
  });

  it.each([
    ['another category', { interfaceCategory: 'MAIL' }],
    ['an online comm', { interfaceType: 'ONLINE' }],
    ['another version', { version: 1.1 }],
    ['an empty date', { extractDateTime: '' }],
    ['an id that is a number', { commsDistributionId: 123 }],
    ['an id that is no number', { commsRequestId: '12a' }],
    ['null for what is absent', { commsCode: null }],
    ['an unknown priority', { priority: 4 }],
    ['an empty message', { message: '' }],
    ['a member of its own', { extra: true }],
    ['an id beyond 64 bits', { commsDistributionId: '9223372036854775808' }],
    ['an id with a leading zero', { commsRequestId: '045' }],
    ['a code that no column holds', { commsCode: 'x'.repeat(21) }],
    ['a target that no column holds', { target: 'x'.repeat(201) }],
    ['an alias that no column holds', { alias: 'x'.repeat(71) }],
    ['a time exclusion with an offset', { timeExclusion: '2026-11-24T13:00:00.000+01:00' }],
    ['a time exclusion without milliseconds', { timeExclusion: '2026-11-24T12:00:00Z' }],
    ['a sending that is a number', { sending: 0 }],
    ['a sending that is not digits', { sending: '1a' }],
    ['a sending of 21 digits', { sending: '1'.repeat(21) }],
    ['an empty environment', { environment: '' }],
  ])('refuses %s', (_, change) => {
    expect(documentFaults({ ...document, ...change })).not.toEqual([]);
  });

  it.each([
    'interfaceCategory',
    'interfaceType',
    'version',
    'extractDateTime',
    'commsDistributionId',
    'commsRequestId',
    'priority',
    'message',
    'sending',
  ])('requires %s', (name) => {
    const rest = Object.fromEntries(Object.entries(document).filter(([key]) => key !== name));
    expect(documentFaults(rest)).toEqual([` must have required property '${name}'`]);
  });
});

describe('the schema for readers', () => {
  it('accepts what this release writes, what 0.1.0 wrote, and what a later 1.x may add', () => {
    const { sending, timeExclusion, environment, ...written } = document;
    expect([sending, timeExclusion, environment]).not.toContain(undefined);
    expect([document, written, { ...document, version: 1.9, extra: { any: [] } }].map(readerFaults)).toEqual([
      [],
      [],
      [],
    ]);
  });

  it.each([
    ['version 2.0', { version: 2 }],
    ['a version before 1.0', { version: 0.9 }],
    ['a version that is a text', { version: '1.0' }],
    ['an online comm', { interfaceType: 'ONLINE' }],
    ['an empty message', { message: '' }],
    ['no message', { message: undefined }],
    ['an id that is a number', { commsDistributionId: 123 }],
    ['an id beyond 64 bits', { commsRequestId: '9999999999999999999' }],
    ['a sending that is not digits', { sending: '1a' }],
    ['null for what is absent', { timeExclusion: null }],
  ])('refuses %s', (_, change) => {
    expect(readerFaults({ ...document, ...change })).not.toEqual([]);
  });
});

const OPTIONAL = ['commsCode', 'target', 'alias', 'timeExclusion', 'environment'];

const document = {
  interfaceCategory: 'COMMS',
  interfaceType: 'PUSH',
  version: 1,
  extractDateTime: '2026-11-24T12:00:00.000Z',
  commsDistributionId: '123',
  commsRequestId: '45',
  commsCode: 'BILL_READY',
  priority: 2,
  target: 'handset-token-1',
  alias: 'Operator',
  message: 'Your bill is ready.',
  timeExclusion: '2026-11-24T18:00:00.000Z',
  sending: '0',
  environment: 'test',
};
