import { describe, expect, it } from '@jest/globals';
import { daemonEnvironment } from './daemon-configuration.js';

const environment = {
  PATH: '/bin',
  COMMS_CONFIG: '/etc/comms.properties',
  COMMS_DATASOURCE_URL: 'postgres://production/comms',
  COMMS_BROKER_URL: 'stomp://production:61613',
  COMMS_BROKER_USERNAME: 'daemon',
  COMMS_BROKER_PASSWORD_FILE: '/run/secrets/broker',
  COMMS_HANDSET_MONITOR_EXTRACT_TO_QUEUE: 'production.queue',
};

describe('daemonEnvironment', () => {
  it('lets no property of the outside reach the daemons', () => {
    expect(daemonEnvironment(environment, { configFile: 'demo.properties', keepBroker: false })).toEqual({
      PATH: '/bin',
      COMMS_CONFIG: 'demo.properties',
    });
  });

  it('keeps the login, but not the URL, of a real broker', () => {
    expect(daemonEnvironment(environment, { configFile: 'demo.properties', keepBroker: true })).toEqual({
      PATH: '/bin',
      COMMS_CONFIG: 'demo.properties',
      COMMS_BROKER_USERNAME: 'daemon',
      COMMS_BROKER_PASSWORD_FILE: '/run/secrets/broker',
    });
  });
});
