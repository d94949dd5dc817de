import { describe, expect, it } from '@jest/globals';

import { checkVariables } from './check-variables.js';
import { renderFaults } from './render.js';

const KEYS = [
  'comms.broker.url',
  'comms.broker.tls.ca-file',
  'comms.broker.tls.key-file',
  'comms.health.host',
  'comms.health.port',
  'comms.log.level',
  'comms.handset.monitor.extract.encryption.enabled',
  'comms.handset.monitor.extract.encryption.key-file',
  'comms.handset.monitor.extract.batch-size',
];

describe('checkVariables', () => {
  it.each([
    ['COMMS_HANDSET_MONITOR_EXTRACT_ENCRYPTION_ENABLE', 'COMMS_HANDSET_MONITOR_EXTRACT_ENCRYPTION_ENABLED'],
    ['COMMS_BROKER_ULR', 'COMMS_BROKER_URL'],
    ['COMMS_BROKER_URLS', 'COMMS_BROKER_URL'],
    ['COMMS_BROKERURL', 'COMMS_BROKER_URL'],
    ['COMMS_BROKER__URL', 'COMMS_BROKER_URL'],
    ['comms_broker_url', 'COMMS_BROKER_URL'],
    ['COMMSBROKERURL', 'COMMS_BROKER_URL'],
    ['COMS_BROKER_URL', 'COMMS_BROKER_URL'],
    ['COMMS_BROKER_URL_FIEL', 'COMMS_BROKER_URL_FILE'],
    ['COMMS_BROKER_TLS_CAFIL', 'COMMS_BROKER_TLS_CA_FILE'],
    ['COMMS_HANDSET_MONITOR_EXTRACT_BATCH-SIZE', 'COMMS_HANDSET_MONITOR_EXTRACT_BATCH_SIZE'],
    ['COMMS_CONFG', 'COMMS_CONFIG'],
    ['COMMS_HELTH_PORT', 'COMMS_HEALTH_PORT'],
    ['COMSM_LOG_LEVEL', 'COMMS_LOG_LEVEL'],
    ['COMMON_LOG_LEVEL', 'COMMS_LOG_LEVEL'],
  ])('refuses %s and names %s', (name, nearest) => {
    expect(faultsOf({ [name]: '3001' })).toEqual([
      `${name} (environment variable): is not known; the nearest known variable is ${nearest}`,
    ]);
  });

  it.each([
    ['COMMS_NOTHING_LIKE_IT', 'is not known, and sets nothing'],
    ['comms_nothing_like_it', 'is not known, and sets nothing'],
    [
      'comms.broker.url',
      'sets nothing, because its name has dots; the nearest known variable is COMMS_BROKER_URL',
    ],
    [
      'comms.broker.tls.ca-file',
      'sets nothing, because its name has dots; the nearest known variable is COMMS_BROKER_TLS_CA_FILE',
    ],
    ['comms.nothing', 'sets nothing, because its name has dots'],
  ])('warns of %s', (name, problem) => {
    expect(faultsOf({ [name]: 'x' })).toEqual([`warning: ${name} (environment variable): ${problem}`]);
  });

  it('knows each name in all its spellings, and names that are near each other', () => {
    const names = [
      'COMMS_CONFIG',
      'COMMS_LOG_LEVEL',
      'COMMS_HEALTH_HOST',
      'COMMS_HEALTH_PORT',
      'COMMS_HEALTH_PORT_FILE',
      'COMMS_BROKER_TLS_CA_FILE',
      'COMMS_BROKER_TLS_CAFILE',
      'COMMS_BROKER_TLS_KEY_FILE',
      'COMMS_BROKER_TLS_KEYFILE_FILE',
    ];
    expect(faultsOf(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([]);
  });

  it.each([
    'PATH',
    'DATABASE_URL',
    'COMMIT_SHA',
    'LOG_LEVEL',
    'CONFIG',
    'spring.datasource.url',
    'COMMS_TEST_DATABASE_URL',
  ])('ignores %s, which belongs to another program', (name) => {
    expect(faultsOf({ [name]: 'x' })).toEqual([]);
  });

  it('ignores the variables that Kubernetes makes for Services', () => {
    expect(
      faultsOf({
        COMMS_HEALT_SERVICE_HOST: '10.0.0.1',
        COMMS_HEALT_SERVICE_PORT: '3000',
        COMMS_HEALT_SERVICE_PORT_HTTP: '3000',
        COMMS_HEALT_PORT: 'tcp://10.0.0.1:3000',
        COMMS_HEALT_PORT_3000_TCP: 'tcp://10.0.0.1:3000',
        COMMS_HEALT_PORT_3000_TCP_PROTO: 'tcp',
        COMMS_HEALT_PORT_3000_TCP_PORT: '3000',
        COMMS_HEALT_PORT_3000_TCP_ADDR: '10.0.0.1',
      }),
    ).toEqual([]);
  });

  it('names only variables, never values', () => {
    const names = ['COMMS_BROKER_URI', 'COMMS_OTHER', 'comms.broker.password'];
    expect(faultsOf(Object.fromEntries(names.map((name) => [name, 'hunter2']))).join()).not.toContain(
      'hunter2',
    );
  });

  it('ignores a variable that is not set', () => {
    expect(faultsOf({ COMMS_BROKER_ULR: undefined })).toEqual([]);
  });
});

function faultsOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return renderFaults(checkVariables({ environment }, KEYS)).split('\n').slice(0, -1);
}
