import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type App, APPS, PEM, programOf, type Properties, propertiesText } from '@comms/daemon-stage';
import { type CommandEnd, runProgram } from '@comms/kit';

jest.setTimeout(60_000);

const BAD_CONFIGURATION = 78;
const PASSWORD = 'hunter2-and-more';
const SOUND = {
  'comms.datasource.url': `postgres://comms:${PASSWORD}@database.example:5432/comms`,
  'comms.broker.url': 'stomp://broker.example:61613',
};

/** Bad values of one daemon: the key, the value, and what the daemon says is allowed. */
interface BadValues {
  readonly app: App;
  readonly title: string;
  readonly values: readonly (readonly [key: string, value: string, allowed: string])[];
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-end-to-end-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('--check-config', () => {
  const HANDSET = 'comms.handset.monitor.extract';
  const SMS = 'comms.sms.monitor.extract';
  const EXTERNAL = 'comms.external.monitor.extract';
  const STATUS = 'S or P';
  const INTERVAL = 'an interval such as 500ms, 2s or 5m (10ms to 24h), or a cron expression of five fields';
  const BATCH = '1 to 5000';
  const QUEUE =
    'the name of one queue, at most 255 characters, without spaces, commas or the wildcards * > # ?';
  const BROKERS = 'stomp://host:port, stomp+ssl://host:port';

  const BAD_VALUES: readonly BadValues[] = [
    {
      app: 'push-to-handset',
      title: 'values of every kind, of push-to-handset',
      values: [
        [`${HANDSET}.distribution-status`, 'X', STATUS],
        [`${HANDSET}.schedule`, '0', INTERVAL],
        [`${HANDSET}.batch-size`, '0', BATCH],
        [`${HANDSET}.to.queue`, '', QUEUE],
        [`${HANDSET}.enabled`, 'yes', 'true or false'],
        ['comms.broker.url', 'stomp://broker.example', BROKERS],
        ['comms.health.port', '65536', '1 to 65535'],
        ['comms.time-exclusion.mode', 'SEND-BEFORE', 'send-before'],
      ],
    },
    {
      app: 'sms-to-handset',
      title: 'values of every kind, of sms-to-handset',
      values: [
        [`${SMS}.distribution-status`, '', STATUS],
        [`${SMS}.schedule`, '-1', INTERVAL],
        [`${SMS}.batch-size`, '1000000', BATCH],
        [`${SMS}.to.queue`, '/queue/', QUEUE],
        [`${SMS}.to.type`, 'directory', 'queue or file'],
        [`${SMS}.date-format`, 'JJJJ-MM-TT', 'a date pattern'],
        [`${SMS}.time-zone`, 'Mars/Olympus', 'an IANA time zone'],
        ['comms.broker.url', 'http://broker.example:61613', BROKERS],
      ],
    },
    {
      app: 'extract-generic',
      title: 'values of every kind, of extract-generic',
      values: [
        [`${EXTERNAL}.distribution-status`, 's', STATUS],
        [`${EXTERNAL}.schedule`, '1e12', INTERVAL],
        [`${EXTERNAL}.batch-size`, '-5', BATCH],
        [`${EXTERNAL}.to.queue`, 'one,two', QUEUE],
        ['comms.broker.url', 'stomp://::1:61613', BROKERS],
        ['comms.broker.receipt-timeout', '15', '100ms to 10m'],
        ['comms.back-off.initial', '1d', '10ms to 1h'],
      ],
    },
    {
      app: 'push-to-handset',
      title: 'values that are almost right, of push-to-handset',
      values: [
        [`${HANDSET}.schedule`, 'NaN', INTERVAL],
        [`${HANDSET}.batch-size`, '1.5', BATCH],
        [`${HANDSET}.to.queue`, 'one two', QUEUE],
        ['comms.broker.url', 'stomp://a.example:61613,ftp://b.example:1', BROKERS],
        ['comms.log.level', 'loud', 'debug, info, warn, error or fatal'],
      ],
    },
    {
      app: 'extract-generic',
      title: 'values that are almost right, of extract-generic',
      values: [
        [`${EXTERNAL}.schedule`, '99 * * * *', INTERVAL],
        [`${EXTERNAL}.to.queue`, 'one\ntwo', QUEUE],
        ['comms.broker.url', 'stomp://a.example:0', BROKERS],
      ],
    },
    {
      app: 'comms-monitor',
      title: 'values of comms-monitor',
      values: [
        ['comms.monitor.schedule', '', INTERVAL],
        ['comms.monitor.batch-size', '5001', BATCH],
        ['comms.monitor.enabled', 'TRUE', 'true or false'],
        ['comms.datasource.schema', 'a b', '1 to 63 letters, digits and underscores, the first no digit'],
      ],
    },
  ];

  it.each(BAD_VALUES)(
    'reports bad $title, each with its place and what is allowed',
    async ({ app, values }) => {
      const bad = Object.fromEntries(values.map(([key, value]) => [key, value]));
      const { file, end } = await checkFile(app, propertiesText({ ...bad, ...SOUND, ...bad }));

      expectFaults(
        end,
        values.map(([key, , allowed], i) => [`${key} (${file}:${i + 1})`, `; allowed: ${allowed}`]),
      );
    },
  );

  it('names the nearest known key of each unknown one', async () => {
    const { file, end } = await checkFile(
      'push-to-handset',
      `${propertiesText(SOUND)}comms.handset.monitor.extract.batchsize=5
comms.handest.monitor.extract.schedule=1s
Comms.Health.Port=1
spring.application.name=not ours
comms.sms.monitor.extract.batch-size=for another daemon to judge
`,
    );

    expectFaults(end, [
      [`comms.handset.monitor.extract.batchsize (${file}:3)`, 'comms.handset.monitor.extract.batch-size'],
      [`comms.handest.monitor.extract.schedule (${file}:4)`, 'comms.handset.monitor.extract.schedule'],
      [`Comms.Health.Port (${file}:5)`, 'is not a known key; the nearest known key is '],
    ]);
  });

  it('reports a key that is set twice, and one that two variables spell differently', async () => {
    const { file, end } = await checkFile(
      'push-to-handset',
      `${propertiesText(SOUND)}comms.health.port=3001\ncomms.health.port=3001\n`,
      {
        COMMS_HANDSET_MONITOR_EXTRACT_BATCH_SIZE: '10',
        COMMS_HANDSET_MONITOR_EXTRACT_BATCHSIZE: '20',
      },
    );

    expectFaults(end, [
      [`comms.health.port (${file}:4)`, 'is set twice, on lines 3 and 4'],
      [
        'comms.handset.monitor.extract.batch-size (environment variables ' +
          'COMMS_HANDSET_MONITOR_EXTRACT_BATCH_SIZE and COMMS_HANDSET_MONITOR_EXTRACT_BATCHSIZE)',
        'allowed: one of the two variables, or the same value in both',
      ],
    ]);
  });

  it('reports each misspelt variable with the nearest known one, and puts no plain message because of a missing letter', async () => {
    const end = await run('push-to-handset', {
      ...environmentOf(SOUND),
      COMMS_HANDSET_MONITOR_EXTRACT_ENCRYPTION_ENABLE: 'true',
      COMMS_HANDSET_MONITOR_EXTRACT_ENCRYPTION_KEYFILE: 'partner.pem',
      COMMS_SMS_MONITOR_EXTRACT_BATCHSIZ: PASSWORD,
    });

    expectFaults(end, [
      [
        'COMMS_HANDSET_MONITOR_EXTRACT_ENCRYPTION_ENABLE (environment variable)',
        'the nearest known variable is COMMS_HANDSET_MONITOR_EXTRACT_ENCRYPTION_ENABLED',
      ],
      ['COMMS_SMS_MONITOR_EXTRACT_BATCHSIZ (environment variable)', 'COMMS_SMS_MONITOR_EXTRACT_BATCH_SIZE'],
      [
        'warning: comms.handset.monitor.extract.encryption.key-file (environment variable ',
        'is not used: comms.handset.monitor.extract.encryption.enabled is false',
      ],
    ]);
  });

  it('warns of variables that set nothing, and of a key that is not used, and finds the rest sound', async () => {
    const end = await run('push-to-handset', {
      ...environmentOf(SOUND),
      [`${HANDSET}.encryption.enabled`]: 'true',
      COMMS_HANDSET_MONITOR_EXTRACT_ENCRYPTION_KEY_ID: 'partner',
      COMMS_NOTHING_LIKE_IT: PASSWORD,
      COMMS_HEALTH_SERVICE_HOST: '10.0.0.1',
      COMMS_TEST_REQUIRE: 'java',
    });

    expect({ code: end.code, stdout: end.stdout }).toEqual({
      code: 0,
      stdout: 'The configuration is sound.\n',
    });
    expect(end.stderr.trimEnd().split('\n')).toEqual([
      `warning: ${HANDSET}.encryption.enabled (environment variable): sets nothing, because its name has dots; ` +
        'the nearest known variable is COMMS_HANDSET_MONITOR_EXTRACT_ENCRYPTION_ENABLED',
      'warning: COMMS_NOTHING_LIKE_IT (environment variable): is not known, and sets nothing',
      `warning: ${HANDSET}.encryption.key-id (environment variable COMMS_HANDSET_MONITOR_EXTRACT_ENCRYPTION_KEY_ID): ` +
        `is not used: ${HANDSET}.encryption.enabled is false, so messages are not encrypted`,
    ]);
  });

  it('reports the reason and what is allowed, and which of several URLs is bad', async () => {
    const end = await run('push-to-handset', {
      COMMS_DATASOURCE_URL: `postgres://comms:${PASSWORD}%w@database.example:5432/comms`,
      COMMS_BROKER_URL: 'stomp://a.example:61613,stomp://b.example',
      COMMS_HANDSET_MONITOR_EXTRACT_SCHEDULE: '60',
      COMMS_HANDSET_MONITOR_EXTRACT_TO_QUEUE: 'comms.\u200bout',
      COMMS_HEALTH_PORT: 'tcp://10.96.0.1:3000',
      COMMS_HEALTH_HOST: '${HOST_IP}',
    });

    expectFaults(end, [
      [
        'comms.datasource.url (',
        'special characters in its parts must be percent-encoded; allowed: postgres://',
      ],
      ['comms.broker.url (', 'the value is not allowed: URL 2 has no port; allowed: stomp://'],
      [
        `${HANDSET}.schedule (`,
        '"60" has no unit; write ms, s, m or h after the number; allowed: an interval',
      ],
      [
        `${HANDSET}.to.queue (`,
        String.raw`"comms.\u200bout" holds an invisible character; allowed: the name of one queue`,
      ],
      ['comms.health.port (', 'is what Kubernetes sets for the Service comms-health'],
      ['comms.health.host (', '"${HOST_IP}" holds a variable that was not expanded'],
    ]);
  });

  it('reports what is required and not set', async () => {
    const end = await run('extract-generic', {});

    expectFaults(end, [
      ['comms.datasource.url (not set)', 'is required; allowed: postgres://'],
      ['comms.broker.url (not set)', 'is required'],
    ]);
  });

  it('reports values that do not go together', async () => {
    const { file, end } = await checkFile(
      'push-to-handset',
      propertiesText({
        ...SOUND,
        'comms.back-off.initial': '1m',
        'comms.back-off.max': '1s',
        'comms.datasource.idle-in-transaction-timeout': '20s',
        [`${HANDSET}.retry.max-delay`]: '1s',
      }),
    );

    expectFaults(end, [
      [`comms.back-off.max (${file}:4)`, 'comms.back-off.initial'],
      [`comms.datasource.idle-in-transaction-timeout (${file}:5)`, 'comms.broker.receipt-timeout'],
      [`${HANDSET}.retry.max-delay (${file}:6)`, `${HANDSET}.retry.initial-delay`],
    ]);
  });

  it('says what is allowed also where values do not go together', async () => {
    const { file, end } = await checkFile(
      'sms-to-handset',
      `${propertiesText({
        ...SOUND,
        'comms.back-off.initial': '1m',
        'comms.back-off.max': '1s',
        [`${SMS}.retry.max-delay`]: '1s',
        [`${SMS}.to.type`]: 'file',
        [`${SMS}.encryption.enabled`]: true,
      })}comms.health.port=3001\ncomms.health.port=3002\n`,
    );

    expectFaults(end, [
      [`comms.back-off.max (${file}:4)`, '; allowed: '],
      [`${SMS}.retry.max-delay (${file}:5)`, '; allowed: '],
      [`${SMS}.to.dirname (not set)`, '; allowed: '],
      [`${SMS}.encryption.key-file (not set)`, '; allowed: '],
      [`comms.health.port (${file}:9)`, '; allowed: '],
    ]);
  });

  it('reports files that do not exist or are not text', async () => {
    const binary = join(folder, 'binary.properties');
    await writeFile(binary, Buffer.from([0xc3, 0x28]));
    const end = await run('push-to-handset', {
      ...environmentOf(SOUND),
      COMMS_CONFIG: `${folder}/missing.properties,${binary}`,
    });

    expectFaults(end, [
      ['COMMS_CONFIG (environment variable COMMS_CONFIG)', 'missing.properties" cannot be read'],
      ['COMMS_CONFIG (environment variable COMMS_CONFIG)', 'binary.properties" is not UTF-8'],
    ]);
  });

  it('reports secret files that are empty or cannot be read', async () => {
    const empty = join(folder, 'empty');
    await writeFile(empty, '\n');
    const end = await run('push-to-handset', {
      ...environmentOf(SOUND),
      COMMS_BROKER_PASSWORD_FILE: empty,
      COMMS_DATASOURCE_URL_FILE: join(folder, 'nowhere'),
      COMMS_BROKER_USERNAME_FILE: folder,
    });

    expectFaults(end, [
      [
        'comms.broker.password (environment variable COMMS_BROKER_PASSWORD_FILE)',
        'empty" is empty; allowed: ',
      ],
      ['comms.datasource.url (environment variable COMMS_DATASOURCE_URL_FILE)', 'nowhere" cannot be read'],
      ['comms.broker.username (environment variable COMMS_BROKER_USERNAME_FILE)', '" cannot be read'],
    ]);
  });

  it('reports that secrets are wrong, and never their values', async () => {
    const end = await run('push-to-handset', {
      COMMS_DATASOURCE_URL: `mysql://comms:${PASSWORD}@database.example/comms`,
      COMMS_BROKER_URL: `stomp://comms:${PASSWORD}@broker.example:61613`,
      COMMS_BROKER_PASSWORD: `${PASSWORD}\nlogin:admin`,
    });

    expectFaults(end, [
      ['comms.datasource.url (environment variable COMMS_DATASOURCE_URL)', 'allowed: postgres://'],
      ['comms.broker.url (environment variable COMMS_BROKER_URL)', 'allowed: stomp://'],
      ['comms.broker.password (environment variable COMMS_BROKER_PASSWORD)', 'allowed: one line of text'],
    ]);
  });

  describe('of a daemon that is to encrypt, and to put files into a directory', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, ...PEM });
    const shortRsa = generateKeyPairSync('rsa', { modulusLength: 1024, ...PEM });
    const bitcoin = generateKeyPairSync('ec', { namedCurve: 'secp256k1', ...PEM });
    const wrongLength = { kty: 'oct', kid: 'short', k: randomBytes(16).toString('base64url') };
    const twin = { kty: 'oct', kid: 'twin', k: randomBytes(32).toString('base64url') };

    it.each([
      { what: 'a truncated PEM', key: rsa.publicKey.slice(0, 200), says: 'KEY_MALFORMED' },
      {
        what: 'a private key',
        key: rsa.privateKey,
        says: 'KEY_PRIVATE',
      },
      {
        what: 'an RSA key of 1024 bits',
        key: shortRsa.publicKey,
        says: 'KEY_LENGTH_WRONG',
      },
      {
        what: 'two keys with one kid',
        key: JSON.stringify({ keys: [twin, twin] }),
        says: 'KEY_ID_DUPLICATE',
      },
      { what: 'a key of 128 bits', key: JSON.stringify(wrongLength), says: 'KEY_LENGTH_WRONG' },
      {
        what: 'a key on an unknown curve',
        key: bitcoin.publicKey,
        says: 'KEY_CURVE_UNSUPPORTED',
      },
      { what: 'no key', key: 'not a key', says: 'KEY_FORMAT_UNSUPPORTED' },
    ])('reports that the key file holds $what, and that there is no directory', async ({ key, says }) => {
      const keyFile = join(folder, 'key');
      await writeFile(keyFile, key);
      const end = await check({ [`${SMS}.encryption.key-file`]: keyFile });

      expectFaults(end, [
        [`${SMS}.encryption.key-file (environment variable `, `(${says})`],
        [`${SMS}.to.dirname (not set)`, `is required where ${SMS}.to.type is file`],
      ]);
      for (const part of key.match(/[\w+/-]{30,}/g) ?? []) expect(end.stderr).not.toContain(part);
    });

    it.each([
      { what: 'is a file', dirname: programOf('sms-to-handset'), says: 'is not a directory' },
      { what: 'does not exist', dirname: '/no/such/directory', says: 'does not exist' },
      { what: 'cannot be written to', dirname: '/proc/self', says: 'cannot be written to' },
    ])('reports that the directory $what, and that there is no key', async ({ dirname, says }) => {
      const end = await check({ [`${SMS}.to.dirname`]: dirname });

      expectFaults(end, [
        [`${SMS}.encryption.key-file (not set)`, 'is required where encryption is enabled'],
        [`${SMS}.to.dirname (environment variable COMMS_SMS_MONITOR_EXTRACT_TO_DIRNAME)`, says],
      ]);
    });

    const check = (more: Properties) =>
      run(
        'sms-to-handset',
        environmentOf({
          'comms.datasource.url': SOUND['comms.datasource.url'],
          [`${SMS}.to.type`]: 'file',
          [`${SMS}.encryption.enabled`]: true,
          ...more,
        }),
      );
  });

  it.each(APPS)('finds nothing at fault in one sound file for all daemons: %s', async (app) => {
    const directory = join(folder, 'outbox');
    await mkdir(directory, { recursive: true });
    const { end } = await checkFile(
      app,
      propertiesText({
        ...SOUND,
        'comms.broker.url': 'stomp+ssl://[::1]:61612, wss://broker.example:443/stomp',
        'comms.monitor.schedule': '0 */5 * * * *',
        [`${HANDSET}.distribution-status`]: 'P',
        [`${SMS}.to.type`]: 'file',
        [`${SMS}.to.dirname`]: directory,
        [`${EXTERNAL}.to.queue`]: '/queue/partner.one',
      }),
    );

    expect(end).toEqual({ code: 0, stdout: 'The configuration is sound.\n', stderr: '' });
  });
});

describe('--print-config', () => {
  it('shows each value and its source, and hides secrets', async () => {
    const file = join(folder, 'print.properties');
    const secretFile = join(folder, 'url');
    await writeFile(
      file,
      propertiesText({
        ...SOUND,
        'comms.handset.monitor.extract.batch-size': 300,
        'comms.handset.monitor.extract.schedule': '5s',
      }),
    );
    await writeFile(secretFile, `postgres://comms:${PASSWORD}@other.example:5432/comms\n`);
    const { code, stdout, stderr } = await run(
      'push-to-handset',
      {
        COMMS_CONFIG: file,
        COMMS_HANDSET_MONITOR_EXTRACT_SCHEDULE: '250ms',
        COMMS_BROKER_PASSWORD: PASSWORD,
        COMMS_DATASOURCE_URL_FILE: secretFile,
      },
      '--print-config',
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').map((line) => line.replace(/ +# /, ' # '))).toEqual(
      expect.arrayContaining([
        `comms.datasource.url = postgres://comms:****@other.example:5432/comms # secret file ${secretFile}`,
        `comms.broker.url = stomp://broker.example:61613 # ${file}:2`,
        'comms.broker.password = **** # environment variable COMMS_BROKER_PASSWORD',
        'comms.broker.username = # not set',
        `comms.handset.monitor.extract.batch-size = 300 # ${file}:3`,
        'comms.handset.monitor.extract.schedule = 250ms # environment variable COMMS_HANDSET_MONITOR_EXTRACT_SCHEDULE',
        'comms.handset.monitor.extract.distribution-status = S # default',
        'comms.handset.monitor.extract.to.queue = comms.handset.outbound # default',
      ]),
    );
    expect(stdout).not.toContain(PASSWORD);
  });

  it("reads files by Java's rules: marks, line ends, continuations and separators", async () => {
    const [first, second] = [join(folder, 'first.properties'), join(folder, 'second.properties')];
    await writeFile(
      first,
      [
        '\uFEFF# a comment',
        `comms.datasource.url: ${SOUND['comms.datasource.url']}`,
        'comms.broker.url = stomp://one.example:61613,\\',
        '    stomp://two.example:61613',
        'comms.handset.monitor.extract.to.queue caf\\u00e9',
        'comms.health.port=3001',
      ].join('\r\n'),
    );
    await writeFile(second, '! another comment\n\ncomms.health.port : 3002\n');
    const { code, stdout } = await run(
      'push-to-handset',
      { COMMS_CONFIG: `${first}, ${second}` },
      '--print-config',
    );

    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.replace(/ +# /, ' # '))).toEqual(
      expect.arrayContaining([
        `comms.broker.url = stomp://one.example:61613,stomp://two.example:61613 # ${first}:3`,
        `comms.handset.monitor.extract.to.queue = café # ${first}:5`,
        `comms.health.port = 3002 # ${second}:3`,
      ]),
    );
  });
});

describe('a daemon with a bad configuration', () => {
  it.each(APPS)('does not start: %s', async (app) => {
    const { code, stdout, stderr } = await runProgram(programOf(app), [], {
      COMMS_HEALTH_PORT: '0',
    });

    expect({ code, stdout }).toEqual({ code: BAD_CONFIGURATION, stdout: '' });
    expect(stderr).toContain('comms.datasource.url (not set): is required');
    expect(stderr).toContain('comms.health.port (environment variable COMMS_HEALTH_PORT): "0"');
  });
});

/** Each line reports one fault: it begins with key and source, and gives a reason. In any order, and no line more. */
function expectFaults(
  { code, stdout, stderr }: CommandEnd,
  faults: readonly (readonly [string, string])[],
): void {
  const lines = stderr.trimEnd().split('\n');
  const reported = faults.map(([begin, says]) =>
    lines.find((line) => line.startsWith(begin) && line.includes(says)) === undefined
      ? 'not reported'
      : begin,
  );

  expect({ reported, lines }).toEqual({ reported: faults.map(([begin]) => begin), lines: expect.any(Array) });
  expect(lines).toHaveLength(faults.length);
  expect({ code, stdout }).toEqual({ code: BAD_CONFIGURATION, stdout: '' });
  expect(stderr).not.toContain(PASSWORD);
}

async function checkFile(
  app: App,
  text: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ file: string; end: CommandEnd }> {
  const file = join(folder, 'comms.properties');
  await writeFile(file, text);
  return { file, end: await run(app, { COMMS_CONFIG: file, ...environment }) };
}

function run(
  app: App,
  environment: Readonly<Record<string, string>>,
  command = '--check-config',
): Promise<CommandEnd> {
  return runProgram(programOf(app), [command], environment);
}

function environmentOf(properties: Properties): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key.toUpperCase().replace(/[.-]/g, '_'),
      String(value),
    ]),
  );
}
