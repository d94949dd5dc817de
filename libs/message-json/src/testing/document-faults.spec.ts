import { describe, expect, it } from '@jest/globals';
import { documentFaults } from './document-faults.js';

describe('the JSON Schema of the message', () => {
  it('accepts the document of the contract, with and without what may be absent', () => {
    expect(documentFaults(document)).toEqual([]);
    expect(
      documentFaults({ ...document, commsCode: undefined, target: undefined, alias: undefined }),
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
  ])('requires %s', (name) => {
    const rest = Object.fromEntries(Object.entries(document).filter(([key]) => key !== name));
    expect(documentFaults(rest)).toEqual([` must have required property '${name}'`]);
  });
});

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
};
