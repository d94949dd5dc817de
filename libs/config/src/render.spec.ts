import { describe, expect, it } from '@jest/globals';

import { loadConfiguration } from './load-configuration.js';
import { Property } from './property.js';
import { renderFaults, renderProperties } from './render.js';

class BrokerConfig {
  @Property('comms.broker.url', { type: 'list', secret: 'url-password', description: 'Brokers.' })
  readonly urls?: readonly string[];

  @Property('comms.broker.username', { type: 'string', description: 'Name.' })
  readonly username?: string;

  @Property('comms.broker.password', { type: 'string', secret: true, description: 'Password.' })
  readonly password?: string;

  @Property('comms.broker.client', { type: 'string', default: 'a\nb', description: 'Name.' })
  readonly client!: string;
}

describe('renderProperties', () => {
  it('shows each property with its source on its own line, and no secret', async () => {
    const { configuration } = await loadConfiguration({
      sections: [{ type: BrokerConfig }],
      knownKeys: [],
      environment: { COMMS_BROKER_URL: 'stomp://u:hunter2@one:61613', COMMS_BROKER_PASSWORD: 'hunter2' },
    });

    expect(configuration && renderProperties(configuration)).toBe(
      [
        'comms.broker.url = stomp://u:****@one:61613  # environment variable COMMS_BROKER_URL',
        'comms.broker.username =                      # not set',
        'comms.broker.password = ****                 # environment variable COMMS_BROKER_PASSWORD',
        String.raw`comms.broker.client = a\nb                   # default`,
        '',
      ].join('\n'),
    );
  });
});

describe('renderFaults', () => {
  it('shows key, source, problem, what is allowed and the nearest key, one line per fault', () => {
    const text = renderFaults([
      { key: 'comms.a', source: 'a.properties:3', problem: '"0" is not allowed', allowed: '1 to 9' },
      { key: 'comms.c', source: 'a.properties:4', problem: 'is not a known key', nearest: 'comms.b' },
      { key: 'comms.d', problem: 'is impossible' },
    ]);

    expect(text).toBe(
      'comms.a (a.properties:3): "0" is not allowed; allowed: 1 to 9\n' +
        'comms.c (a.properties:4): is not a known key; the nearest known key is comms.b\n' +
        'comms.d: is impossible\n',
    );
  });

  it('keeps a fault on one line and free of control characters, whatever the value holds', () => {
    const text = renderFaults([
      { key: 'comms.a', problem: '"a\n\r\t\f\u0000\u001b[2J\u009b\u2028\u202e\ud800" is wrong' },
    ]);

    expect(text).toBe(
      String.raw`comms.a: "a\n\r\t\f\u0000\u001b[2J\u009b\u2028\u202e\ud800" is wrong` + '\n',
    );
  });
});
