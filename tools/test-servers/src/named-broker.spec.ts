import { afterEach, describe, expect, it } from '@jest/globals';
import { namedBroker } from './named-broker.js';

describe('namedBroker', () => {
  afterEach(() => {
    delete process.env['COMMS_TEST_CLASSIC_URL'];
    delete process.env['COMMS_TEST_CLASSIC_CA_FILE'];
  });

  it('is undefined where the variable is not set', () => {
    expect(namedBroker('classic')).toBeUndefined();
  });

  it('takes one URL per protocol, and the user of the first', () => {
    process.env['COMMS_TEST_CLASSIC_URL'] =
      'stomp://us%40er:p%2Cw@mq.example:61613, wss://mq.example:61615/stomp,amqp://mq.example:5672,tcp://mq.example:61616';
    process.env['COMMS_TEST_CLASSIC_CA_FILE'] = '/ca.pem';

    expect(namedBroker('classic')).toMatchObject({
      source: 'named',
      stompUrl: 'stomp://mq.example:61613',
      stompSslUrl: null,
      wsUrl: null,
      wssUrl: 'wss://mq.example:61615/stomp',
      amqpUrl: 'amqp://mq.example:5672',
      tcpUrl: 'tcp://mq.example:61616',
      username: 'us@er',
      password: 'p,w',
      restricted: null,
      caFile: '/ca.pem',
    });
  });

  it('refuses a list without STOMP', () => {
    process.env['COMMS_TEST_CLASSIC_URL'] = 'amqp://mq.example:5672';

    expect(() => namedBroker('classic')).toThrow('names no stomp:// URL');
  });
});
