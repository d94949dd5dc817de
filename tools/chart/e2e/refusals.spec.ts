import { describe, expect, it } from '@jest/globals';
import { type Overrides, type ValuesFile, refusal } from '../src/testing/chart.js';

type Case = readonly [what: string, values: readonly [file: ValuesFile, overrides: Overrides], said: string];

const CONTRADICTIONS: readonly Case[] = [
  ['a tag that moves', ['development', { 'image.tag': 'latest' }], 'image.tag is latest: name a version'],
  [
    'a database that is nowhere',
    ['no file', {}],
    'push-to-handset needs comms.datasource.url: name the Secret',
  ],
  [
    'a broker that is nowhere',
    ['no file', { secrets: { 'comms.datasource.url': { existingSecret: 'database', key: 'url' } } }],
    'extract-generic needs comms.broker.url: name the Secret',
  ],
  [
    'a property from a Secret and from properties',
    ['development', { properties: { 'comms.broker.url': 'stomp://broker:61613' } }],
    'push-to-handset gets comms.broker.url from a Secret and from properties',
  ],
  [
    'a grace period within the drain limit',
    [
      'development',
      { daemons: { 'push-to-handset': { properties: { 'comms.shutdown.drain-limit': '1m' } } } },
    ],
    'terminationGracePeriodSeconds of push-to-handset is 40: it must be longer than comms.shutdown.drain-limit (1m) and 3 seconds',
  ],
  [
    'a grace period of just the drain limit and 3 seconds',
    ['development', { 'daemonDefaults.terminationGracePeriodSeconds': 28 }],
    'terminationGracePeriodSeconds of comms-monitor is 28',
  ],
  [
    'a health port that probes cannot reach',
    ['development', { properties: { 'comms.health.host': '127.0.0.1' } }],
    'comms.health.host of comms-monitor is 127.0.0.1: the probes come from outside',
  ],
  [
    'encryption without a key',
    ['development', { properties: { 'comms.external.monitor.extract.encryption.enabled': true } }],
    'is true without comms.external.monitor.extract.encryption.key-file',
  ],
  [
    'files without a directory',
    ['development', { properties: { 'comms.sms.monitor.extract.to.type': 'file' } }],
    'comms.sms.monitor.extract.to.type of sms-to-handset is file without comms.sms.monitor.extract.to.dirname',
  ],
  [
    'files that would go with the pod',
    ['staging', { 'daemons.sms-to-handset.outbox.enabled': false }],
    'is /outbox, which is on no volume',
  ],
  [
    'files outside the volume',
    ['staging', { 'daemons.sms-to-handset.outbox.path': '/out' }],
    'is /outbox, which is on no volume',
  ],
  [
    'several pods on a volume for one',
    ['staging', { 'daemons.sms-to-handset.replicas': 2 }],
    'sms-to-handset has an outbox that is ReadWriteOnce, so it can have only one pod',
  ],
  [
    'an outbox of a daemon that writes no files',
    ['development', { 'daemons.push-to-handset.outbox': { enabled: true } }],
    'outbox of push-to-handset is enabled, but it writes no files',
  ],
  [
    'autoscaling without rows to count',
    ['production', { 'daemons.comms-monitor.autoscaling': { enabled: true } }],
    'autoscaling of comms-monitor has no method',
  ],
  [
    'autoscaling without a connection',
    ['development', { 'daemons.push-to-handset.autoscaling.enabled': true }],
    'autoscaling of push-to-handset needs autoscalerDatasourceUrl',
  ],
  [
    'more pods at least than at most',
    ['production', { 'daemons.push-to-handset.autoscaling.minReplicas': 9 }],
    'autoscaling of push-to-handset has minReplicas 9 above maxReplicas 6',
  ],
  [
    'scrapes that overlap',
    ['production', { 'serviceMonitor.interval': '5s' }],
    'serviceMonitor.scrapeTimeout is 10s, longer than serviceMonitor.interval, which is 5s',
  ],
  ['a migration without a database', ['no file', {}], 'migration has no database'],
  [
    'months kept in no database',
    ['no file', { 'months.enabled': true }],
    'months has no database: set months.datasourceUrl',
  ],
  ...['20 days', '12', '0 months', '12 weeks'].map((retention): Case => [
    `a retention of ${retention}`,
    ['development', { 'months.retention': retention }],
    `months.retention is ${retention}: it must be a whole number of days, months or years, a month at least`,
  ]),
  ['nothing to install', ['development', { 'daemonDefaults.enabled': false }], 'No daemon is enabled'],
];

const UNKNOWN: readonly Case[] = [
  [
    'a misspelt common property',
    ['development', { properties: { 'comms.brocker.url': 'stomp://broker:61613' } }],
    'comms.brocker.url',
  ],
  [
    'a property of another daemon',
    [
      'development',
      { daemons: { 'push-to-handset': { properties: { 'comms.sms.monitor.extract.batch-size': 5 } } } },
    ],
    'comms.sms.monitor.extract.batch-size',
  ],
  ['a misspelt value', ['development', { 'image.tga': '1' }], 'tga'],
  ['a daemon that there is not', ['development', { 'daemons.mail-to-handset': {} }], 'mail-to-handset'],
  [
    'a status that is neither S nor P',
    ['development', { properties: { 'comms.handset.monitor.extract.distribution-status': 'X' } }],
    'distribution-status',
  ],
  [
    'a batch that is too large',
    ['development', { properties: { 'comms.handset.monitor.extract.batch-size': 5001 } }],
    'batch-size',
  ],
  [
    'a password in the values',
    ['development', { properties: { 'comms.broker.password': 'secret' } }],
    'comms.broker.password',
  ],
  [
    'a URL with a password in the values',
    ['development', { properties: { 'comms.datasource.url': 'postgres://comms:secret@db:5432/comms' } }],
    'comms.datasource.url',
  ],
  [
    'a probe that gives up before a response must be there',
    ['development', { 'daemonDefaults.readinessProbe.timeoutSeconds': 1 }],
    'timeoutSeconds',
  ],
];

describe('The chart', () => {
  it.each(CONTRADICTIONS)('refuses %s in a sentence', async (_what, values, sentence) => {
    expect(await refusal(...values)).toContain(sentence);
  });

  it.each(UNKNOWN)('refuses %s by its schema', async (_what, values, key) => {
    const said = await refusal(...values);
    expect(said).toContain(key);
    expect(said).toContain("don't meet the specifications of the schema");
  });

  it('says everything that is wrong at once', async () => {
    const said = await refusal('development', {
      'image.tag': 'latest',
      'daemonDefaults.terminationGracePeriodSeconds': 5,
    });
    expect(said.match(/^- /gm)).toHaveLength(5);
  });
});
