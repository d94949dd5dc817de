import { anOutboundMessage } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { describe, expect, it } from '@jest/globals';
import { messageFrame, type MessageFrameOptions } from './message-frame.js';

describe('messageFrame', () => {
  it('holds the headers of the contract', () => {
    const distribution = aDistribution({
      distributionId: '9007199254740993',
      commsRequestId: '45',
      commsCode: 'BILL',
      deliveryMethod: 'SMS',
      priority: 1,
    });
    expect(headersOf(frameOf({ distribution }))).toEqual({
      destination: '/queue/comms.sms.outbound',
      persistent: 'true',
      priority: '7',
      'content-type': 'application/json',
      'comms-distribution-id': '9007199254740993',
      'comms-request-id': '45',
      'delivery-method': 'SMS',
      'comms-code': 'BILL',
      receipt: 'r1',
    });
  });

  it('names a queue to Artemis by its bare name, with an id by which it drops repeats', () => {
    const distribution = aDistribution({ distributionId: '7', generation: '3' });
    expect(headersOf(frameOf({ distribution }, { dialect: 'artemis' }))).toMatchObject({
      destination: 'comms.sms.outbound',
      'destination-type': 'ANYCAST',
      _AMQ_DUPL_ID: '7-3',
    });
  });

  it.each([
    [1, '7'],
    [2, '4'],
    [3, '1'],
  ] as const)('gives a row of priority %i the STOMP priority %s', (priority, expected) => {
    expect(headersOf(frameOf({ distribution: aDistribution({ priority }) }))['priority']).toBe(expected);
  });

  it('tells of a possible duplicate', () => {
    expect(headersOf(frameOf({}, { possibleDuplicate: true }))['comms-possible-duplicate']).toBe('true');
  });

  it('belongs to a transaction instead of asking for a receipt', () => {
    const headers = headersOf(frameOf({}, { transaction: 't', receipt: undefined }));
    expect(headers).toMatchObject({ transaction: 't' });
    expect(headers).not.toHaveProperty('receipt');
  });

  it('leaves out a code that is not known', () => {
    expect(headersOf(frameOf({ distribution: aDistribution({ commsCode: null }) }))).not.toHaveProperty(
      'comms-code',
    );
  });

  it('escapes what would end a header', () => {
    const frame = frameOf({ distribution: aDistribution({ commsCode: 'a:b\\c\nd\re' }) });
    expect(headersOf(frame)['comms-code']).toBe('a\\cb\\\\c\\nd\\re');
  });

  it('ends in NUL and has no length, so that Java gets a TextMessage', () => {
    const frame = frameOf({ body: '{"message":"Zoë"}' });
    expect(frame.endsWith('\n\n{"message":"Zoë"}\0')).toBe(true);
    expect(headersOf(frame)).not.toHaveProperty('content-length');
  });

  it('writes characters beyond U+FFFF as escapes for Classic, whose Java client can not read them', () => {
    const body = JSON.stringify({ message: '🙂 ä' });
    const sent = bodyOf(frameOf({ body }));
    expect(sent).toBe('{"message":"\\ud83d\\ude42 ä"}');
    expect(JSON.parse(sent)).toEqual(JSON.parse(body));
  });

  it('leaves the body as it is for Artemis', () => {
    const body = JSON.stringify({ message: '🙂 ä' });
    expect(bodyOf(frameOf({ body }, { dialect: 'artemis' }))).toBe(body);
  });
});

function frameOf(
  message: Parameters<typeof anOutboundMessage>[0],
  options: Partial<MessageFrameOptions> = {},
): string {
  return messageFrame(anOutboundMessage(message), {
    queue: 'comms.sms.outbound',
    dialect: 'classic',
    possibleDuplicate: false,
    receipt: 'r1',
    ...options,
  });
}

function headersOf(frame: string): Record<string, string> {
  const [, ...lines] = frame.slice(0, frame.indexOf('\n\n')).split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/:(.*)/s).slice(0, 2) as [string, string]));
}

function bodyOf(frame: string): string {
  return frame.slice(frame.indexOf('\n\n') + 2, -1);
}
