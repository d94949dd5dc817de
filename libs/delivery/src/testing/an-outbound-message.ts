import { aDistribution } from '@comms/distribution/testing';
import type { OutboundMessage } from '../ports.js';

/** A sound message of a sound PUSH distribution; name only what the test is about. */
export function anOutboundMessage(overrides: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    distribution: aDistribution(),
    contentType: 'application/json',
    body: '{"message":"Your bill is ready."}',
    possibleDuplicate: false,
    ...overrides,
  };
}
