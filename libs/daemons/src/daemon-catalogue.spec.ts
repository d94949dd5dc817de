import { describeProperties } from '@comms/config';
import { RUNTIME_SECTIONS } from '@comms/daemon-runtime';
import { describe, expect, it } from '@jest/globals';
import { type App, DAEMON_CATALOGUE } from './daemon-catalogue.js';

/** Their names and defaults change only in a release that says so in docs/upgrading.md. */
const OF_ALL = {
  'comms.datasource.url': 'required',
  'comms.datasource.schema': 'public',
  'comms.datasource.tls.cert-file': 'none',
  'comms.datasource.tls.key-file': 'none',
  'comms.datasource.tls.key-passphrase': 'none',
  'comms.time-exclusion.mode': 'send-before',
  'comms.environment': 'none',
  'comms.health.port': '3000',
};

const OF_MONITOR = {
  'comms.monitor.schedule': '1s',
  'comms.monitor.batch-size': '1000',
  'comms.monitor.enabled': 'true',
};

const OF_DELIVERY = {
  'comms.broker.url': 'none',
  'comms.broker.username': 'none',
  'comms.broker.password': 'none',
  'comms.broker.tls.cert-file': 'none',
  'comms.broker.tls.key-file': 'none',
  'comms.broker.tls.key-passphrase': 'none',
  'comms.<d>.monitor.extract.distribution-status': 'S',
  'comms.<d>.monitor.extract.to.queue': 'comms.<d>.outbound',
  'comms.<d>.monitor.extract.encryption.enabled': 'false',
  'comms.<d>.monitor.extract.encryption.key-file': 'none',
  'comms.<d>.monitor.extract.encryption.key-id': 'none',
  'comms.<d>.monitor.extract.schedule': '1s',
  'comms.<d>.monitor.extract.max-message-bytes': '4194304',
  'comms.<d>.monitor.extract.expire-on-queue': 'false',
  'comms.<d>.monitor.extract.enabled': 'true',
  'comms.<d>.monitor.extract.date-format': "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
  'comms.<d>.monitor.extract.time-zone': 'UTC',
};

const OF_SMS = {
  'comms.sms.monitor.extract.to.type': 'queue',
  'comms.sms.monitor.extract.to.dirname': 'none',
};

describe('the catalogue of the daemons', () => {
  it.each<[App, string, Readonly<Record<string, string>>]>([
    ['comms-monitor', '', OF_MONITOR],
    ['push-to-handset', 'handset', OF_DELIVERY],
    ['sms-to-handset', 'sms', { ...OF_DELIVERY, ...OF_SMS }],
    ['extract-generic', 'external', OF_DELIVERY],
  ])('has the properties that operators rely on, with their defaults: %s', (app, d, own) => {
    const properties = describeProperties([...DAEMON_CATALOGUE[app].sections, ...RUNTIME_SECTIONS]);
    const defaults = properties.map((each) => [
      each.key,
      each.required ? 'required' : (each.default ?? 'none'),
    ]);
    const expected = Object.entries({ ...OF_ALL, ...own }).map((pair) =>
      pair.map((text) => text.replace('<d>', d)),
    );
    expect(Object.fromEntries(defaults)).toMatchObject(
      Object.fromEntries(expected) as Record<string, string>,
    );
  });
});
