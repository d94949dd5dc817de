import { FrameImpl } from '@stomp/stompjs';
import { describe, expect, it } from '@jest/globals';
import { connectRefusalOf, refusalOf } from './refusal.js';

describe('refusalOf', () => {
  it.each([
    ['User comms is not authorized to write to: queue://q', 'BROKER_NOT_AUTHORISED', 'queue'],
    ["AMQ229032: User: comms does not have permission='SEND' on address q", 'BROKER_NOT_AUTHORISED', 'queue'],
    ['Usage Manager Memory Limit (100000) reached on queue://q', 'BROKER_FULL', 'queue'],
    ['AMQ229102: Address "q" is full.', 'BROKER_FULL', 'queue'],
    ['AMQ339011 Error sending message CoreMessage[messageID=1]', 'BROKER_FULL', 'queue'],
    ['AMQ339001: Destination does not exist: q', 'BROKER_NO_SUCH_QUEUE', 'queue'],
    ['The destination queue://q does not exist.', 'BROKER_NO_SUCH_QUEUE', 'queue'],
    ['The maximum data length was exceeded', 'BROKER_MESSAGE_TOO_LARGE', 'final'],
    ['anything else', 'BROKER_REFUSED_MESSAGE', 'message'],
  ])('classifies %j', (message, code, scope) => {
    expect(refusalOf(anError({ message }))).toMatchObject({ scope, error: { code } });
  });

  it('keeps the code of the broker, and nothing else of its text', () => {
    const { error } = refusalOf(anError({ message: 'AMQ339031 Error handling send of Dear Mrs Smith' }));
    expect(error.message).toBe('The broker refused the message. (AMQ339031)');
  });

  it('returns the one before where it means the same, and another where it does not', () => {
    const first = refusalOf(anError({ message: 'AMQ339031 Error handling send' }));
    expect(refusalOf(anError({ message: 'AMQ339031 Another message' }), first)).toBe(first);
    expect(refusalOf(anError({ message: 'AMQ339032 Error handling send' }), first).detail).toBe('AMQ339032');
    expect(refusalOf(anError({ message: 'AMQ339011' }), first).error.code).toBe('BROKER_FULL');
  });

  it('keeps the name of a Java exception', () => {
    const body = 'javax.jms.ResourceAllocationException: Usage\n\tat org.apache';
    expect(refusalOf(anError({ message: 'Usage' }, body)).error.message).toBe(
      'The queue or the store of the broker is full. (ResourceAllocationException)',
    );
  });
});

describe('connectRefusalOf', () => {
  it.each([
    ['User name [comms] or password is invalid.', 'BROKER_LOGIN_REFUSED'],
    ['AMQ229031: Unable to validate user from /127.0.0.1:1. Username: comms', 'BROKER_LOGIN_REFUSED'],
    ['Security Error occurred: User name [null] or password is invalid', 'BROKER_LOGIN_REFUSED'],
    ['Invalid Protocol version[1.3], supported versions are: [1.2, 1.1, 1.0]', 'BROKER_VERSION_REFUSED'],
    ['AMQ339002 Stomp versions not supported 1.3', 'BROKER_VERSION_REFUSED'],
    ['anything else', 'BROKER_REFUSED_SESSION'],
  ])('classifies %j', (message, code) => {
    expect(connectRefusalOf(anError({ message })).code).toBe(code);
  });
});

function anError(headers: Record<string, string>, body = ''): FrameImpl {
  return new FrameImpl({ command: 'ERROR', headers, body });
}
