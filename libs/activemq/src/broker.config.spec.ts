import { loadConfiguration, renderFaults } from '@comms/config';
import { aConfig, aConfiguration } from '@comms/config/testing';
import { describe, expect, it } from '@jest/globals';
import { BrokerConfig, longestPut } from './broker.config.js';
import { checkBrokerTls, requireBrokerUrl } from './checks.js';
import { QueueConfig } from './queue.config.js';

describe('BrokerConfig', () => {
  it('has defaults for all but the broker and its user', async () => {
    const broker = (await load({})).configuration?.get(BrokerConfig);
    expect(broker).toMatchObject({
      connectTimeout: 10_000,
      receiptTimeout: 15_000,
      transactionMaxBytes: 524_288,
      heartBeat: 5_000,
    });
    expect([broker?.url, broker?.username, broker?.password, broker?.tlsCaFile]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('takes a list of brokers', async () => {
    const { configuration } = await load({ COMMS_BROKER_URL: 'stomp://a:61613, wss://b:443/ws' });
    expect(configuration?.get(BrokerConfig).url).toEqual(['stomp://a:61613', 'wss://b:443/ws']);
  });

  it.each([
    ['COMMS_BROKER_URL', 'stomp://a'],
    ['COMMS_BROKER_URL', 'http://a:1'],
    ['COMMS_BROKER_URL', 'stomp://a:61613,stomp://b'],
    ['COMMS_BROKER_URL', 'stomp://user:pass@a:61613'],
    ['COMMS_BROKER_USERNAME', 'a\nb'],
    ['COMMS_BROKER_PASSWORD', 'a\0b'],
    ['COMMS_BROKER_CONNECT_TIMEOUT', '0s'],
    ['COMMS_BROKER_RECEIPT_TIMEOUT', '1h'],
    ['COMMS_BROKER_TRANSACTION_MAX_BYTES', '1'],
    ['COMMS_BROKER_HEART_BEAT', '0s'],
    ['COMMS_BROKER_HEART_BEAT', '2m'],
  ])('refuses %s=%j', async (variable, value) => {
    const { faults } = await load({ [variable]: value });
    expect(faults?.map(({ key }) => key.replaceAll(/[.-]/g, '_').toUpperCase())).toEqual([variable]);
  });

  it.each([
    ['stomp://a', 'the value has no port; allowed: '],
    ['stomp://a:1,stomp://b', 'the value is not allowed: URL 2 has no port; allowed: '],
    [
      'stomp://a..b:1,stomp://b:1,http://c:1',
      'the value is not allowed: URL 1 has a host with an empty part between its dots, URL 3 is not a broker URL; ',
    ],
    ['stomp://$(BROKER_HOST):61613', 'the value holds a variable that was not expanded'],
  ])('names the bad URL in %s, and why it is bad', async (url, says) => {
    const { faults = [] } = await load({ COMMS_BROKER_URL: url });
    expect(renderFaults(faults)).toContain(`(environment variable COMMS_BROKER_URL): ${says}`);
  });

  it('shows no password of a URL in its fault', async () => {
    const { faults = [] } = await load({ COMMS_BROKER_URL: 'stomp://user:mistaken@a:61613' });
    expect(JSON.stringify([faults, renderFaults(faults)])).not.toContain('mistaken');
  });
});

describe('requireBrokerUrl', () => {
  it('reports a missing URL, and nothing else', () => {
    const faultsWith = (values: Partial<BrokerConfig>) =>
      requireBrokerUrl(aConfiguration([aConfig(BrokerConfig, values)]));
    expect(faultsWith({})).toMatchObject([{ key: 'comms.broker.url' }]);
    expect(faultsWith({ url: ['stomp://a:1'] })).toEqual([]);
  });
});

describe('checkBrokerTls', () => {
  const TLS = 'stomp+ssl://a:1';
  const certificate = { tlsCertFile: '/nowhere/cert', tlsKeyFile: '/nowhere/key' };

  it.each<[string, Partial<BrokerConfig>, object[]]>([
    ['nothing is set', { url: [TLS] }, []],
    [
      'the authorities are not there',
      { url: [TLS], tlsCaFile: '/nowhere' },
      [{ key: 'comms.broker.tls.ca-file', problem: 'cannot be read (ENOENT)' }],
    ],
    [
      'the authorities are not there, but no URL has TLS',
      { url: ['stomp://a:1'], tlsCaFile: '/nowhere' },
      [],
    ],
    [
      'the certificate is not there',
      { url: ['stomp://a:1', 'wss://a:2'], ...certificate },
      [{ key: 'comms.broker.tls.cert-file', problem: 'cannot be read (ENOENT)' }],
    ],
    [
      'the certificate has no key',
      { url: [TLS], tlsCertFile: '/nowhere' },
      [{ key: 'comms.broker.tls.key-file', problem: 'is required where comms.broker.tls.cert-file is set' }],
    ],
    [
      'no URL has TLS',
      { url: ['stomp://a:1', 'ws://a:2'], ...certificate },
      [{ key: 'comms.broker.tls.cert-file', problem: 'has no effect when no URL of the broker has TLS' }],
    ],
  ])('where %s', (_, values, faults) => {
    expect(checkBrokerTls(aConfiguration([aConfig(BrokerConfig, values)]))).toEqual(faults);
  });
});

describe('QueueConfig', () => {
  it.each([
    ['comms.handset.monitor', 'comms.handset.outbound'],
    ['comms.sms.monitor', 'comms.sms.outbound'],
    ['comms.external.monitor', 'comms.external.outbound'],
  ])('under %s defaults to the queue %s', (prefix, queue) => {
    expect(aConfig(QueueConfig, {}, prefix).queue).toBe(queue);
  });

  it('refuses a name that does not name exactly one queue', async () => {
    const { faults } = await load({ COMMS_HANDSET_MONITOR_EXTRACT_TO_QUEUE: 'a,b' });
    expect(faults).toMatchObject([{ key: 'comms.handset.monitor.extract.to.queue' }]);
  });
});

describe('longestPut', () => {
  it('is time for two connects and four unanswered waits', () => {
    expect(longestPut({ connectTimeout: 10_000, receiptTimeout: 15_000 })).toBe(80_000);
  });
});

function load(environment: Record<string, string>) {
  const sections = [{ type: BrokerConfig }, { type: QueueConfig, prefix: 'comms.handset.monitor' }];
  return loadConfiguration({ sections, knownKeys: [], environment });
}
