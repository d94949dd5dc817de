import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Daemon,
  insertRows,
  migratedDatabase,
  queueName,
  sampleRows,
  type SuiteDatabase,
} from '@comms/daemon-stage';
import { eventually, repositoryPath, runProgram } from '@comms/kit';
import { freePort, type TestBroker, testClassic } from '@comms/test-servers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Overrides, render } from '../src/testing/chart.js';
import { environmentBelow, type Existing, mountPod } from '../src/testing/mounted-pod.js';

const LIMIT_MS = 300_000;
const APP = 'push-to-handset';
const QUEUE = queueName('chart');

/** Staging, with one common property and two of one daemon replaced. */
const OVERRIDES: Overrides = {
  properties: { 'comms.log.level': 'debug', 'comms.handset.monitor.extract.batch-size': 50 },
  propertiesFrom: [{ name: 'platform', key: 'comms.properties' }],
  'daemons.push-to-handset.properties': {
    'comms.handset.monitor.extract.distribution-status': 'P',
    'comms.handset.monitor.extract.batch-size': 500,
    'comms.handset.monitor.extract.to.queue': QUEUE,
    'comms.handset.monitor.extract.date-format': String.raw`yyyy-MM-dd'\'HH:mm`,
    'comms.broker.transaction-max-bytes': 1_048_576,
  },
};

describe('A daemon that is started from what the chart renders', () => {
  let database: SuiteDatabase;
  let broker: TestBroker;
  let folder: string;
  let environment: Record<string, string>;
  let printed: string;

  beforeAll(async () => {
    [database, broker, folder] = await Promise.all([
      migratedDatabase(),
      testClassic(),
      mkdtemp(join(tmpdir(), 'comms-chart-')),
    ]);
    environment = await mounted(folder, existing(database.url, broker));
    const program = repositoryPath(`dist/apps/${APP}/main.js`);
    const { code, stdout, stderr } = await runProgram(program, ['--print-config'], environment);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    printed = stdout;
  }, LIMIT_MS);

  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it.each([
    [
      'its own property, over the common one',
      'comms.handset.monitor.extract.batch-size = 500',
      'daemon.properties:2',
    ],
    ['a common property', 'comms.log.level = debug', 'common.properties:3'],
    ['a number without an exponent', 'comms.broker.transaction-max-bytes = 1048576', 'daemon.properties:1'],
    [
      'a backslash as it is',
      String.raw`comms.handset.monitor.extract.date-format = yyyy-MM-dd'\'HH:mm`,
      'daemon.properties:3',
    ],
    ['a property of an existing ConfigMap', 'comms.datasource.pool-size = 7', 'from/0/file.properties:1'],
    [
      'an existing ConfigMap only where nothing else speaks',
      'comms.handset.monitor.extract.distribution-status = P',
      'daemon.properties:4',
    ],
    ['a secret masked, from its file', 'comms.broker.password = ****', 'secrets/comms.broker.password'],
  ])('shows %s, with the source', (_what, setting, source) => {
    const [line = ''] = printed.split('\n').filter((text) => text.startsWith(`${setting} `));
    expect(line).toContain(setting);
    expect(line.trimEnd().endsWith(source)).toBe(true);
  });

  it(
    'works by it',
    async () => {
      const [id] = await insertRows(
        database.client,
        'comms_request_target_distribution',
        sampleRows(1, 'PUSH'),
      );
      const daemon = Daemon.start(APP, await freePort(), environment);
      try {
        expect(await daemon.untilUp()).toMatchObject({ status: 'up', broker: { status: 'up' } });
        const status = () => statusOf(database, id ?? '');
        expect(await eventually('the row is delivered', status, (now) => now !== 'D')).toBe('P');
      } finally {
        expect(await daemon.stop()).toBe(0);
      }
    },
    LIMIT_MS,
  );

  it('gets no secret that it does not read', async () => {
    const { environment: monitor } = await mountPod(
      join(folder, 'monitor'),
      { objects: await render('staging', OVERRIDES), app: 'comms-monitor' },
      existing(database.url, broker),
    );
    expect(Object.keys(monitor)).toEqual(['COMMS_CONFIG', 'COMMS_DATASOURCE_URL_FILE']);
  });
});

function existing(databaseUrl: string, { stompUrl, username, password }: TestBroker): Existing {
  return {
    'comms-datasource': { url: databaseUrl },
    'comms-broker': { url: stompUrl, username, password },
    platform: {
      'comms.properties':
        'comms.datasource.pool-size=7\ncomms.handset.monitor.extract.distribution-status=S\ncomms.log.level=warn\n',
    },
  };
}

async function mounted(folder: string, has: Existing): Promise<Record<string, string>> {
  const objects = await render('staging', OVERRIDES);
  const { environment } = await mountPod(folder, { objects, app: APP }, has);
  return environmentBelow(folder, environment);
}

async function statusOf(database: SuiteDatabase, id: string): Promise<string | undefined> {
  const { rows } = await database.client.query<{ status: string }>(
    `SELECT distribution_status AS status FROM comms_request_target_distribution
     WHERE comms_request_target_distribution_id = $1`,
    [id],
  );
  return rows[0]?.status;
}
