import { tmpdir } from 'node:os';
import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';
import { IsIn } from 'class-validator';

import { type Check, type ConfigurationRequest, loadConfiguration } from './load-configuration.js';
import { CheckedBy, Property } from './property.js';
import { renderFaults } from './render.js';
import { fakeFiles, type FakeFile } from './testing/index.js';

class HealthConfig {
  @Property('comms.health.port', {
    type: 'integer',
    default: 3000,
    description: 'Port.',
    between: [1, 65_535],
  })
  readonly port!: number;
}

class ExtractConfig {
  @Property('.extract.distribution-status', {
    type: 'string',
    default: 'S',
    description: 'Status.',
    oneOf: ['S', 'P'],
  })
  readonly distributionStatus!: 'S' | 'P';

  @Property('.extract.interval', {
    type: 'duration',
    default: '1s',
    description: 'Pause.',
    between: ['100ms', '1h'],
  })
  readonly interval!: number;

  @Property('.extract.batch-size', { type: 'integer', default: 200, description: 'Rows.' })
  readonly batchSize!: number;

  @Property('.extract.to.queue', {
    type: 'string',
    default: (prefix) => prefix.replace('.monitor', '.outbound'),
    description: 'Queue.',
  })
  readonly queue!: string;

  @Property('.extract.encryption.enabled', { type: 'boolean', default: false, description: 'Encrypts.' })
  readonly encrypted!: boolean;

  @Property('.extract.encryption.key-file', { type: 'string', description: 'Key.' })
  readonly keyFile?: string;
}

class SecretConfig {
  @Property('comms.datasource.url', {
    type: 'string',
    required: true,
    secret: 'url-password',
    description: 'Database.',
    allowed: 'postgres://user:password@host:port/db',
  })
  @IsIn(['postgres://user:hunter2@host:5432/db', 'ok'])
  readonly url!: string;

  @Property('comms.broker.password', { type: 'string', secret: true, description: 'Password.' })
  @IsIn(['hunter2', ' hunter2 '], { message: '$value is refused' })
  readonly password?: string;
}

class TextConfig {
  @Property('comms.text.checked', { type: 'string', description: 'Text.', allowed: 'letters' })
  @CheckedBy((text: string) => (/^[a-z${}]+$/.test(text) ? undefined : 'holds other characters'))
  readonly checked?: string;

  @Property('comms.text.secret', { type: 'string', description: 'Text.', secret: true, allowed: 'letters' })
  @CheckedBy((text: string) => (/\d/.test(text) ? 'holds a digit' : undefined))
  readonly secret?: string;

  @Property('comms.text.url', { type: 'string', description: 'Text.', secret: 'url-password' })
  @CheckedBy((text: string) => (text.includes('%w') ? 'must be percent-encoded' : undefined))
  readonly url?: string;

  @Property('comms.text.port', { type: 'integer', description: 'Text.', between: [1, 65_535] })
  readonly port?: number;
}

const STATUS = 'comms.sms.monitor.extract.distribution-status';
const STATUS_VARIABLE = 'COMMS_SMS_MONITOR_EXTRACT_DISTRIBUTION_STATUS';
const QUEUE = 'comms.sms.monitor.extract.to.queue';
const QUEUE_VARIABLE = 'COMMS_SMS_MONITOR_EXTRACT_TO_QUEUE';

describe('loadConfiguration', () => {
  it('uses the defaults where no source sets a value', async () => {
    const { configuration } = await load({});

    expect(configuration?.get(ExtractConfig)).toEqual({
      distributionStatus: 'S',
      interval: 1_000,
      batchSize: 200,
      queue: 'comms.sms.outbound',
      encrypted: false,
      keyFile: undefined,
    });
  });

  it('freezes what it has loaded', async () => {
    const { configuration } = await load({});

    expect(Object.isFrozen(configuration)).toBe(true);
    expect(Object.isFrozen(configuration?.properties)).toBe(true);
    expect(configuration?.properties.every(Object.isFrozen)).toBe(true);
    expect(Object.isFrozen(configuration?.get(ExtractConfig))).toBe(true);
  });

  it('reads real files unless it is given others', async () => {
    const environment = { COMMS_CONFIG: tmpdir() };
    const { faults } = await loadConfiguration({ sections: [], knownKeys: [], environment });

    expect(faults?.map(({ problem }) => problem)).toEqual([
      `the file "${tmpdir()}" cannot be read: illegal operation on a directory (EISDIR)`,
    ]);
  });

  it('reads the environment of the process unless it is given another', async () => {
    process.env['COMMS_HEALTH_PORT'] = '4000';
    const { configuration } = await loadConfiguration({ sections: [{ type: HealthConfig }], knownKeys: [] });
    delete process.env['COMMS_HEALTH_PORT'];

    expect(configuration?.get(HealthConfig).port).toBe(4_000);
  });

  it('refuses a class that is in two sections', async () => {
    const twice = loadConfiguration({
      sections: [{ type: HealthConfig }, { type: HealthConfig }],
      knownKeys: [],
    });

    await expect(twice).rejects.toMatchObject({ code: 'CLASS_LOADED_TWICE' });
  });

  it('refuses a relative key without a prefix', async () => {
    const bare = loadConfiguration({ sections: [{ type: ExtractConfig }], knownKeys: [] });

    await expect(bare).rejects.toMatchObject({ code: 'PREFIX_MISSING' });
  });
});

describe('the sources of a property', () => {
  const files = { '/one': `\n${QUEUE}=one`, '/two': `${QUEUE}=two`, '/secret': 'secret' };
  const variable = { [QUEUE_VARIABLE]: 'environment' };
  const secretFile = { [`${QUEUE_VARIABLE}_FILE`]: '/secret' };

  it.each([
    { what: 'a default', environment: {}, value: 'comms.sms.outbound', source: 'default' },
    { what: 'a file', environment: { COMMS_CONFIG: '/one' }, value: 'one', source: '/one:2' },
    { what: 'a later file', environment: { COMMS_CONFIG: '/one, /two,' }, value: 'two', source: '/two:1' },
    {
      what: 'the environment',
      environment: { COMMS_CONFIG: '/one', ...variable },
      value: 'environment',
      source: `environment variable ${QUEUE_VARIABLE}`,
    },
    {
      what: 'a secret file',
      environment: { COMMS_CONFIG: '/one', ...variable, ...secretFile },
      value: 'secret',
      source: 'secret file /secret',
    },
  ])('let $what win over the sources before it', async ({ environment, value, source }) => {
    const { configuration } = await load({ environment, files });

    expect(configuration?.get(ExtractConfig).queue).toBe(value);
    expect(configuration?.properties.find(({ key }) => key === QUEUE)).toMatchObject({ text: value, source });
  });

  it('are named where none of them sets it', async () => {
    const { configuration } = await load({});

    expect(configuration?.properties.find(({ field }) => field === 'keyFile')).toMatchObject({
      value: undefined,
      text: undefined,
      source: 'not set',
    });
  });
});

describe('a properties file', () => {
  it('may have a byte order mark, CRLF, continuations and colons', async () => {
    const file = `\uFEFF${QUEUE}: a\\\r\n   b\r\n${STATUS} P\r\n! no setting\r\n`;
    const { configuration } = await load({ file });

    expect(configuration?.get(ExtractConfig)).toMatchObject({ queue: 'ab', distributionStatus: 'P' });
  });

  it('may hold the keys of other daemons, which their own daemon checks, and of other programs', async () => {
    const file = 'comms.monitor.batch-size=none\nspring.port=x\nspring.port=y\n';

    expect(await load({ file })).toHaveProperty('configuration');
  });

  it.each([
    [
      'a misspelt key',
      'comms.helth.port=1',
      'comms.helth.port (/file:1): is not a known key; the nearest known key is comms.health.port',
    ],
    [
      'a key in upper case',
      'Comms.Health.Port=1',
      'Comms.Health.Port (/file:1): is not a known key; the nearest known key is comms.health.port',
    ],
    [
      'another daemon’s misspelt key',
      'comms.monitor.batchsize=1',
      'comms.monitor.batchsize (/file:1): is not a known key; the nearest known key is comms.monitor.batch-size',
    ],
    [
      'a key that is set twice',
      `${QUEUE}=a\n\n${QUEUE}=a`,
      `${QUEUE} (/file:3): is set twice, on lines 1 and 3; allowed: one line per key`,
    ],
    [
      'a malformed escape',
      'comms.health.port=\\u12',
      String.raw`comms.health.port (/file:1): has a malformed escape; allowed: \u followed by four hexadecimal digits; a backslash itself is written \\`,
    ],
    [
      'a malformed escape in another program’s key',
      'path=C:\\users',
      String.raw`path (/file:1): has a malformed escape; allowed: \u followed by four hexadecimal digits; a backslash itself is written \\`,
    ],
  ])('is refused for %s', async (_what, file, line) => {
    expect(await renderedFaults({ file })).toEqual([line]);
  });

  it.each<[string, FakeFile]>([
    ['cannot be read: no such file or directory (ENOENT)', { error: 'ENOENT' }],
    ['cannot be read: permission denied (EACCES)', { error: 'EACCES' }],
    ['cannot be read: illegal operation on a directory (EISDIR)', { error: 'EISDIR' }],
    ['is not UTF-8', Uint8Array.of(0xff, 0xfe, 0x61, 0x00)],
  ])('is refused when it %s', async (problem, file) => {
    expect(await renderedFaults({ file })).toEqual([
      `COMMS_CONFIG (environment variable COMMS_CONFIG): the file "/file" ${problem}; ` +
        'allowed: readable UTF-8 properties files, separated by commas',
    ]);
  });
});

describe('an environment variable', () => {
  it.each([
    ['with underscores for dashes', STATUS_VARIABLE],
    ['with its dashes dropped', 'COMMS_SMS_MONITOR_EXTRACT_DISTRIBUTIONSTATUS'],
  ])('sets a property %s', async (_what, name) => {
    const { configuration } = await load({ environment: { [name]: 'P' } });

    expect(configuration?.get(ExtractConfig).distributionStatus).toBe('P');
  });

  it('of another daemon is known', async () => {
    const { faults, warnings } = await load({ environment: { COMMS_MONITOR_BATCH_SIZE: 'none' } });

    expect([faults, warnings]).toEqual([undefined, []]);
  });

  it('that is misspelt is refused with the nearest known one', async () => {
    const environment = { COMMS_SMS_MONITOR_EXTRACT_ENCRYPTION_ENABLE: 'true' };

    expect(await renderedFaults({ environment })).toEqual([
      'COMMS_SMS_MONITOR_EXTRACT_ENCRYPTION_ENABLE (environment variable): is not known; ' +
        'the nearest known variable is COMMS_SMS_MONITOR_EXTRACT_ENCRYPTION_ENABLED',
    ]);
  });

  it('may stand in both spellings with the same value', async () => {
    const environment = { [STATUS_VARIABLE]: 'P', COMMS_SMS_MONITOR_EXTRACT_DISTRIBUTIONSTATUS: 'P' };

    expect(await load({ environment })).toHaveProperty('configuration');
  });

  it.each(['', '_FILE'])('is refused when its two spellings%s differ', async (suffix) => {
    const other = 'COMMS_SMS_MONITOR_EXTRACT_DISTRIBUTIONSTATUS';
    const environment = { [`${STATUS_VARIABLE}${suffix}`]: 'S', [`${other}${suffix}`]: 'P' };

    expect(await renderedFaults({ environment, files: { S: 'S', P: 'P' } })).toEqual([
      `${STATUS} (environment variables ${STATUS_VARIABLE}${suffix} and ${other}${suffix}): ` +
        'is set to different values; allowed: one of the two variables, or the same value in both',
    ]);
  });
});

describe('a secret file', () => {
  it.each([
    ['hunter2', 'hunter2'],
    ['hunter2\n', 'hunter2'],
    ['hunter2\r\n', 'hunter2'],
    [' hunter2 \n', ' hunter2 '],
  ])('of %j holds %j', async (content, password) => {
    const { configuration } = await loadSecrets(
      { COMMS_DATASOURCE_URL: 'ok', COMMS_BROKER_PASSWORD_FILE: '/secret' },
      { '/secret': content },
    );

    expect(configuration?.get(SecretConfig).password).toBe(password);
  });

  it.each<[string, FakeFile]>([
    ['is empty', ''],
    ['is empty', '\n'],
    ['cannot be read: permission denied (EACCES)', { error: 'EACCES' }],
    ['cannot be read: no such file or directory (ENOENT)', { error: 'ENOENT' }],
    ['cannot be read: illegal operation on a directory (EISDIR)', { error: 'EISDIR' }],
  ])('is refused when it %s', async (problem, file) => {
    const { faults } = await loadSecrets({ COMMS_DATASOURCE_URL_FILE: '/secret' }, { '/secret': file });

    expect(renderFaults(faults ?? [])).toBe(
      'comms.datasource.url (environment variable COMMS_DATASOURCE_URL_FILE): ' +
        `the secret file "/secret" ${problem}; allowed: a readable UTF-8 file that holds the value\n`,
    );
  });
});

describe('a value', () => {
  it('is taken without the white space around it', async () => {
    const { configuration } = await load({ file: `${STATUS}=P \t` });

    expect(configuration?.get(ExtractConfig).distributionStatus).toBe('P');
  });

  it.each([
    [STATUS, 'X', '"X" is not allowed; allowed: S or P'],
    [STATUS, '', 'is empty; allowed: S or P'],
    [STATUS, '  ', 'is empty; allowed: S or P'],
    [STATUS, 's', '"s" is not allowed; allowed: S or P'],
    [
      'comms.sms.monitor.extract.interval',
      '0',
      '"0" has no unit; write ms, s, m or h after the number; allowed: 100ms to 1h',
    ],
    ['comms.sms.monitor.extract.interval', '0ms', '"0ms" is not allowed; allowed: 100ms to 1h'],
    ['comms.sms.monitor.extract.interval', '-1', '"-1" is not a duration; allowed: 100ms to 1h'],
    ['comms.sms.monitor.extract.interval', '1e12', '"1e12" is not a duration; allowed: 100ms to 1h'],
    ['comms.sms.monitor.extract.interval', 'NaN', '"NaN" is not a duration; allowed: 100ms to 1h'],
    ['comms.sms.monitor.extract.interval', '2h', '"2h" is not allowed; allowed: 100ms to 1h'],
    [
      'comms.sms.monitor.extract.encryption.enabled',
      'yes',
      '"yes" is not true or false; allowed: true or false',
    ],
    ['comms.health.port', '0', '"0" is not allowed; allowed: 1 to 65535'],
    ['comms.health.port', '1000000', '"1000000" is not allowed; allowed: 1 to 65535'],
    [
      'comms.health.port',
      'x\u001b[2J\\ny',
      String.raw`"x\u001b[2J\ny" is not a whole number; allowed: 1 to 65535`,
    ],
    ['comms.health.port', 'x'.repeat(500), `"${'x'.repeat(80)}…" is not a whole number; allowed: 1 to 65535`],
  ])('of %s is refused when it is %j', async (key, value, rest) => {
    expect(await renderedFaults({ file: `${key}=${value}` })).toEqual([`${key} (/file:1): ${rest}`]);
  });

  it.each([
    [STATUS, 'P'],
    ['comms.health.port', '1'],
    ['comms.health.port', '65535'],
    ['comms.sms.monitor.extract.interval', '100ms'],
    ['comms.sms.monitor.extract.interval', '60m'],
  ])('of %s is taken when it is %j', async (key, value) => {
    expect(await renderedFaults({ file: `${key}=${value}` })).toEqual([]);
  });

  it('that is required must be set', async () => {
    const { faults } = await loadSecrets({});

    expect(renderFaults(faults ?? [])).toBe(
      'comms.datasource.url (not set): is required; allowed: postgres://user:password@host:port/db\n',
    );
  });
});

describe('the fault of a value', () => {
  it.each([
    [
      'a property with its own text of what is allowed',
      { COMMS_TEXT_CHECKED: 'A b' },
      'comms.text.checked (environment variable COMMS_TEXT_CHECKED): "A b" holds other characters; allowed: letters',
    ],
    [
      'a secret',
      { COMMS_TEXT_SECRET: 'hunter2' },
      'comms.text.secret (environment variable COMMS_TEXT_SECRET): the value holds a digit; allowed: letters',
    ],
    [
      'a URL',
      { COMMS_TEXT_URL: 'postgres://u:p%w@h/db' },
      'comms.text.url (environment variable COMMS_TEXT_URL): the value must be percent-encoded; allowed: a text',
    ],
  ])('gives the reason besides what is allowed for %s', async (_what, environment, line) => {
    expect(await textLines(environment)).toEqual([line]);
  });

  it.each([
    ['COMMS_TEXT_CHECKED', '${NAME}', '"${NAME}" holds a variable that was not expanded'],
    ['COMMS_TEXT_PORT', '$(PORT)', '"$(PORT)" holds a variable that was not expanded'],
    ['COMMS_TEXT_URL', 'postgres://u:p@${HOST}/db', 'the value holds a variable that was not expanded'],
    ['COMMS_TEXT_URL', 'stomp://h:${PORT}', 'the value holds a variable that was not expanded'],
    ['COMMS_TEXT_CHECKED', 'a\u200b', String.raw`"a\u200b" holds an invisible character`],
    ['COMMS_TEXT_URL', 'postgres://u:p@h\u200b/db', 'the value holds an invisible character'],
  ])('of %s=%s is refused where it is certainly a mistake', async (variable, value, problem) => {
    const lines = await textLines({ [variable]: value });

    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`(environment variable ${variable}): ${problem}`);
    expect(lines[0]).toContain('; allowed: ');
  });

  it.each([
    ['COMMS_TEXT_SECRET', '${NAME}'],
    ['COMMS_TEXT_SECRET', 'pass$(word)'],
    ['COMMS_TEXT_SECRET', 'pass\u200bword'],
    ['COMMS_TEXT_URL', 'postgres://u:${PASSWORD}@h/db'],
    ['COMMS_TEXT_URL', 'postgres://u:pa/ss$(w)@rd@h/db'],
  ])('is a warning where a password may really have this value: %s=%s', async (variable, value) => {
    const { configuration, warnings } = await loadText({ [variable]: value });

    expect(configuration).toBeDefined();
    expect(warnings).toEqual([
      expect.objectContaining({
        source: `environment variable ${variable}`,
        severity: 'warning',
        problem: expect.stringMatching(
          /^the value holds .+ \(nothing is wrong where that is part of the secret\)$/,
        ),
      }),
    ]);
    expect(renderFaults(warnings)).not.toContain('pass');
    expect(renderFaults(warnings)).not.toMatch(/PASSWORD|NAME/);
  });

  it('names what Kubernetes makes of a Service', async () => {
    expect(await textLines({ COMMS_TEXT_PORT: 'tcp://10.96.0.1:80' })).toEqual([
      'comms.text.port (environment variable COMMS_TEXT_PORT): "tcp://10.96.0.1:80" is what Kubernetes sets for the ' +
        'Service comms-text: rename it, or set enableServiceLinks to false; allowed: 1 to 65535',
    ]);
    expect(await textLines({ COMMS_TEXT_URL: 'tcp://[fd00::1]:80' })).toEqual([
      'comms.text.url (environment variable COMMS_TEXT_URL): the value is the address of a Service as Kubernetes ' +
        'writes it; allowed: a text',
    ]);
  });

  const loadText = (environment: Readonly<Record<string, string>>) =>
    loadConfiguration({ sections: [{ type: TextConfig }], knownKeys: [], environment });

  async function textLines(environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const { faults = [] } = await loadText(environment);
    return renderFaults(faults).split('\n').slice(0, -1);
  }
});

describe('a secret', () => {
  const URL_VARIABLE = { COMMS_DATASOURCE_URL: 'postgres://user:hunter2@host:5432/db' };

  it('reaches its class and is masked everywhere else', async () => {
    const { configuration } = await loadSecrets({ ...URL_VARIABLE, COMMS_BROKER_PASSWORD: 'hunter2' });
    const secrets = configuration?.get(SecretConfig);

    expect(secrets?.url).toBe(URL_VARIABLE.COMMS_DATASOURCE_URL);
    expect(secrets?.password).toBe('hunter2');
    expect(configuration?.properties.map(({ text, value }) => [text, value])).toEqual([
      ['postgres://user:****@host:5432/db', undefined],
      ['****', undefined],
    ]);
    expect(
      inspect(configuration, { depth: null }) + inspect(secrets) + JSON.stringify(Object.assign({}, secrets)),
    ).not.toContain('hunter2');
  });

  it('keeps its white space, but a URL does not', async () => {
    const { configuration } = await loadSecrets({
      COMMS_DATASOURCE_URL: ' ok\n',
      COMMS_BROKER_PASSWORD: ' hunter2 ',
    });

    expect(configuration?.get(SecretConfig).url).toBe('ok');
    expect(configuration?.get(SecretConfig).password).toBe(' hunter2 ');
  });

  it('is in no fault', async () => {
    const { faults } = await loadSecrets({
      COMMS_DATASOURCE_URL: 'postgres://user:hunter3@host:5432/db',
      COMMS_BROKER_PASSWORD: 'hunter3',
    });

    expect(renderFaults(faults ?? [])).toBe(
      'comms.datasource.url (environment variable COMMS_DATASOURCE_URL): the value is not allowed; ' +
        'allowed: postgres://user:password@host:port/db\n' +
        'comms.broker.password (environment variable COMMS_BROKER_PASSWORD): the value is not allowed; allowed: a text\n',
    );
  });
});

describe('checks', () => {
  const keyIsThere: Check = (configuration) => {
    const { encrypted, keyFile } = configuration.get(ExtractConfig);
    if (!encrypted || keyFile !== undefined) return [];
    return [{ key: configuration.keyOf(ExtractConfig, 'keyFile'), problem: 'is required for encryption' }];
  };
  const encrypted = 'comms.sms.monitor.extract.encryption.enabled=true';

  it('find faults of several values; where the value came from and what is allowed is filled in', async () => {
    expect(await renderedFaults({ file: encrypted, checks: [keyIsThere] })).toEqual([
      'comms.sms.monitor.extract.encryption.key-file (not set): is required for encryption; allowed: a text',
    ]);
  });

  it('may be asynchronous', async () => {
    const later: Check = (configuration) => Promise.resolve(keyIsThere(configuration));

    expect(await renderedFaults({ file: encrypted, checks: [later] })).toHaveLength(1);
  });

  it('run although fields that they do not read are at fault', async () => {
    const file = `${encrypted}\n${STATUS}=X`;

    expect((await load({ file, checks: [keyIsThere] })).faults?.map(({ key }) => key)).toEqual([
      STATUS,
      'comms.sms.monitor.extract.encryption.key-file',
    ]);
  });

  it.each([
    ['whose value is refused', { file: 'comms.sms.monitor.extract.encryption.enabled=TRUE' }],
    ['whose source is refused', { file: `${encrypted}\n${encrypted}` }],
  ])('are left out when they read a field %s', async (_what, given) => {
    const { faults } = await load({ ...given, checks: [keyIsThere] });

    expect(faults?.map(({ key }) => key)).toEqual(['comms.sms.monitor.extract.encryption.enabled']);
  });

  it('do not hide errors in their own code', async () => {
    const broken: Check = (configuration) => {
      configuration.get(SecretConfig);
      return [];
    };

    await expect(load({ checks: [broken] })).rejects.toMatchObject({ code: 'CLASS_NOT_LOADED' });
  });
});

describe('warnings', () => {
  const doubt: Check = () => [{ key: STATUS, problem: 'is doubtful', severity: 'warning' }];

  it('refuse nothing, and do not say what is allowed', async () => {
    const { configuration, warnings } = await load({ environment: { COMMS_UNKNOWN: 'x' }, checks: [doubt] });

    expect(configuration).toBeDefined();
    expect(renderFaults(warnings)).toBe(
      'warning: COMMS_UNKNOWN (environment variable): is not known, and sets nothing\n' +
        `warning: ${STATUS} (default): is doubtful\n`,
    );
  });

  it('of a variable that is named like a property do not change the property', async () => {
    const { configuration, warnings } = await load({ environment: { [STATUS]: 'P' } });

    expect(configuration?.get(ExtractConfig).distributionStatus).toBe('S');
    expect(warnings).toHaveLength(1);
  });

  it('are reported together with faults', async () => {
    const { faults, warnings } = await load({ file: 'comms.x=1', checks: [doubt] });

    expect([faults?.length, warnings.length]).toEqual([1, 1]);
  });
});

describe('faults', () => {
  it('may warn: the configuration is sound all the same', async () => {
    const remark = { key: 'comms.check', problem: 'is slow', severity: 'warning' as const };
    const fault = { key: 'comms.check', problem: 'fails' };

    const sound = await load({ checks: [() => [remark]] });
    expect(sound).toMatchObject({ configuration: expect.anything(), warnings: [remark] });
    expect(sound.faults).toBeUndefined();

    expect(await load({ checks: [() => [remark, fault]] })).toMatchObject({
      faults: [fault],
      warnings: [remark],
    });
  });

  it('come all at once: files, environment, values and checks', async () => {
    const { faults } = await load({
      file: 'comms.x=1\ncomms.health.port=0',
      environment: {
        COMMS_CONFIG: '/missing,/file',
        [`${QUEUE_VARIABLE}_FILE`]: '/missing',
        [STATUS_VARIABLE]: 'X',
      },
      checks: [() => [{ key: 'comms.check', problem: 'fails' }]],
    });

    expect(faults?.map(({ key }) => key)).toEqual([
      'COMMS_CONFIG',
      'comms.x',
      QUEUE,
      'comms.health.port',
      STATUS,
      'comms.check',
    ]);
  });
});

interface Given extends Pick<ConfigurationRequest, 'environment' | 'checks'> {
  /** Stands at /file, which COMMS_CONFIG names. */
  readonly file?: FakeFile;
  readonly files?: Readonly<Record<string, FakeFile>>;
}

function load({ file, files = {}, environment = {}, checks = [] }: Given) {
  return loadConfiguration({
    sections: [{ type: HealthConfig }, { type: ExtractConfig, prefix: 'comms.sms.monitor' }],
    knownKeys: ['comms.monitor.batch-size'],
    environment: file === undefined ? environment : { COMMS_CONFIG: '/file', ...environment },
    readFile: fakeFiles(file === undefined ? files : { ...files, '/file': file }),
    checks,
  });
}

function loadSecrets(
  environment: Readonly<Record<string, string>>,
  files: Readonly<Record<string, FakeFile>> = {},
) {
  return loadConfiguration({
    sections: [{ type: SecretConfig }],
    knownKeys: [],
    environment,
    readFile: fakeFiles(files),
  });
}

async function renderedFaults(given: Given): Promise<readonly string[]> {
  const { faults = [] } = await load(given);
  return renderFaults(faults).split('\n').slice(0, -1);
}
