import { describe, expect, it } from '@jest/globals';

import { loadConfiguration } from './load-configuration.js';
import { Property } from './property.js';
import { renderProperties } from './render-properties.js';

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
  it('shows each property with its source on a line of its own, and no secret', async () => {
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
