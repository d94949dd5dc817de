import type { OutboundMessage } from '@comms/delivery';
import { anOutboundMessage } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { describe, expect, it } from '@jest/globals';
import { FrameBuffer } from '../stomp/frame-buffer.js';
import { MessageFrames, type MessageRoute, type SendOptions } from './message-frames.js';

describe('MessageFrames', () => {
  it('holds the headers of the contract', () => {
    const distribution = aDistribution({
      distributionId: '9007199254740993',
      commsRequestId: '45',
      commsCode: 'BILL',
      deliveryMethod: 'SMS',
      priority: 1,
    });
    expect(headersOf(frameOf({ distribution }, { receipt: 'r1' }))).toEqual({
      destination: '/queue/comms.sms.outbound',
      persistent: 'true',
      priority: '7',
      'content-type': 'application/json',
      type: 'SMS',
      'correlation-id': '9007199254740993',
      commsDistributionId: '9007199254740993',
      commsRequestId: '45',
      deliveryMethod: 'SMS',
      commsCode: 'BILL',
      commsSending: '0',
      receipt: 'r1',
    });
  });

  it('names a queue to Artemis by its bare name, with an id by which it drops repeats', () => {
    const distribution = aDistribution({ distributionId: '7', sending: '3' });
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

  it('flags a possible duplicate', () => {
    expect(headersOf(frameOf({}, { possibleDuplicate: true }))['commsPossibleDuplicate']).toBe('true');
  });

  it('belongs to a transaction instead of asking for a receipt', () => {
    const headers = headersOf(frameOf({}, { transaction: 't' }));
    expect(headers).toMatchObject({ transaction: 't' });
    expect(headers).not.toHaveProperty('receipt');
  });

  it('leaves out a code that is not known', () => {
    expect(headersOf(frameOf({ distribution: aDistribution({ commsCode: null }) }))).not.toHaveProperty(
      'commsCode',
    );
  });

  it('gives each of many messages its own headers', () => {
    const frames = new MessageFrames({ queue: 'comms.sms.outbound', dialect: 'classic', transaction: 't' });
    const rows = [
      aDistribution({ distributionId: '1', commsCode: 'BILL', priority: 1 }),
      aDistribution({ distributionId: '2', commsCode: 'BILL', priority: 2 }),
      aDistribution({ distributionId: '3', commsCode: null, priority: 2 }),
      aDistribution({ distributionId: '4', commsCode: 'BILL', priority: 1 }),
    ];
    const headers = rows.map((distribution) => {
      const message = anOutboundMessage({ distribution });
      return headersOf(textOf(frames, message, { possibleDuplicate: false }));
    });
    expect(
      headers.map((of) => [of['commsDistributionId'], of['commsCode'], of['priority'], of['transaction']]),
    ).toEqual([
      ['1', 'BILL', '7', 't'],
      ['2', 'BILL', '4', 't'],
      ['3', undefined, '4', 't'],
      ['4', 'BILL', '7', 't'],
    ]);
  });

  it.each([
    ['a plain message', null, 45],
    ['one with a time exclusion', '2026-11-24T18:00:00.007Z', 91],
  ])('is longer than the frame of %s in release 0.1.0 only by its new headers', (_, timeExclusion, more) => {
    const distribution = aDistribution({ distributionId: '1000000000', timeExclusion });
    const before =
      'SEND\ndestination:/queue/comms.sms.outbound\npersistent:true\npriority:4\ncontent-type:application/json\n' +
      'delivery-method:PUSH\ncomms-distribution-id:1000000000\ncomms-request-id:1001\ncomms-code:BILL_READY\n' +
      `\n${anOutboundMessage().body}\0`;
    expect(frameOf({ distribution }).length - before.length).toBe(more);
  });

  it('has the sending, the time exclusion, the environment and the expiry', () => {
    const distribution = aDistribution({ sending: '17', timeExclusion: '2026-11-24T18:00:00.007Z' });
    const headers = headersOf(frameOf({ distribution, environment: 'test-2', expiresAt: 1795543200007 }));
    expect(headers).toMatchObject({
      commsSending: '17',
      commsTimeExclusion: '2026-11-24T18\\c00\\c00.007Z',
      commsEnvironment: 'test-2',
      expires: '1795543200007',
    });
  });

  it('leaves out a time exclusion, an environment and an expiry that are not there', () => {
    const names = Object.keys(headersOf(frameOf({})));
    expect(names).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(commsTimeExclusion|commsEnvironment|expires)$/)]),
    );
  });

  it.each(['classic', 'artemis'] as const)(
    'leaves out a code with a character beyond U+FFFF, which OpenWire clients of %s read as question marks',
    (dialect) => {
      const distribution = aDistribution({ commsCode: 'BILL📱' });
      expect(headersOf(frameOf({ distribution }, { dialect }))).not.toHaveProperty('commsCode');
    },
  );

  it('gives each header a name that JMS allows, except those of STOMP itself', () => {
    const names = Object.keys(headersOf(frameOf({}, { possibleDuplicate: true, receipt: 'r' })));
    expect(names.filter((name) => !/^\w+$/.test(name))).toEqual(['content-type', 'correlation-id']);
  });

  it('escapes what would end a header', () => {
    const frame = frameOf({ distribution: aDistribution({ commsCode: 'a:b\\c\nd\re' }) });
    expect(headersOf(frame)['commsCode']).toBe('a\\cb\\\\c\\nd\\re');
  });

  it('ends in NUL and has no length, so that Java gets a TextMessage', () => {
    const frame = frameOf({ body: '{"message":"Zoë"}' });
    expect(frame.endsWith('\n\n{"message":"Zoë"}\0')).toBe(true);
    expect(headersOf(frame)).not.toHaveProperty('content-length');
  });

  it('writes characters beyond U+FFFF as escapes for Classic, whose Java client cannot read them', () => {
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
  { possibleDuplicate = false, receipt, ...route }: Partial<MessageRoute & SendOptions> = {},
): string {
  const frames = new MessageFrames({ queue: 'comms.sms.outbound', dialect: 'classic', ...route });
  return textOf(frames, anOutboundMessage(message), { possibleDuplicate, receipt });
}

function textOf(writer: MessageFrames, message: OutboundMessage, options: SendOptions): string {
  const frames = new FrameBuffer();
  writer.addTo(frames, message, options);
  return frames.bytes.toString();
}

function headersOf(frame: string): Record<string, string> {
  const [, ...lines] = frame.slice(0, frame.indexOf('\n\n')).split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/:(.*)/s).slice(0, 2) as [string, string]));
}

function bodyOf(frame: string): string {
  return frame.slice(frame.indexOf('\n\n') + 2, -1);
}
