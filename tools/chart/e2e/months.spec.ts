import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migratedDatabase, type SuiteDatabase } from '@comms/daemon-stage';
import { repositoryPath, runProgram } from '@comms/kit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Overrides, render } from '../src/testing/chart.js';
import { type KubernetesObject, podSpecOf } from '../src/testing/kubernetes-object.js';
import { environmentBelow, mountPod } from '../src/testing/mounted-pod.js';

const LIMIT_MS = 300_000;
const SECRET = { existingSecret: 'comms-maintenance', key: 'url' };

const ON: Overrides = { 'months.enabled': true, 'months.datasourceUrl': SECRET };
const DROPPING: Overrides = { ...ON, 'months.retention': '12 months' };

describe('The job that keeps the months', () => {
  it('is there only where it is switched on, and drops nothing unless a retention is given', async () => {
    expect(await cronJob({})).toBeUndefined();
    expect(argsOf(await cronJob(ON))).toEqual(['keep-months.js']);
    expect(argsOf(await cronJob(DROPPING))).toEqual(['keep-months.js', '--drop-older-than', '12 months']);
  });

  it('runs once a day by UTC, never twice at a time, and tries again', async () => {
    expect((await cronJob(ON))?.spec).toMatchObject({
      schedule: '17 0 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      jobTemplate: { spec: { backoffLimit: 3, template: { spec: { restartPolicy: 'Never' } } } },
    });
    expect((await cronJob({ ...ON, 'months.timeZone': '' }))?.spec).not.toHaveProperty('timeZone');
  });

  it("has the pod of the migration, except for its arguments, its login and the daemons' account", async () => {
    const objects = await render('production', DROPPING);
    const [migration, months] = ['Job', 'CronJob'].map((kind) =>
      objects.filter((object) => object.kind === kind).map(podSpecOf),
    );
    const text = JSON.stringify(months)
      .replace('"name":"months"', '"name":"migration"')
      .replace('"serviceAccountName":"comms",', '')
      .replace('"keep-months.js","--drop-older-than","12 months"', '"migrate.js"')
      .replace('"comms-maintenance"', '"comms-datasource-owner"');
    expect(JSON.parse(text)).toEqual(migration);
  });

  it('is among the pods that the network policy lets reach the database', async () => {
    const objects = await render('production', ON);
    const policy = objects.find(({ kind }) => kind === 'NetworkPolicy')?.spec;
    const labels = objects.find(({ kind }) => kind === 'CronJob')?.spec?.jobTemplate?.spec.template.metadata;
    expect(labels).toMatchObject({ labels: policy?.podSelector?.matchLabels });
  });
});

describe('The job that is started from what the chart renders', () => {
  let database: SuiteDatabase;
  let folder: string;
  let login: string;

  beforeAll(async () => {
    [database, folder] = await Promise.all([migratedDatabase(), mkdtemp(join(tmpdir(), 'comms-months-'))]);
    await database.client.query(
      `INSERT INTO comms_request_target_distribution (comms_request_id, delivery_method, distribution_status, created_date_time)
       VALUES (1, 'SMS', 'S', '2020-01-15')`,
    );
    await database.client.query(
      await readFile(repositoryPath('libs/distribution-store/sql/months.sql'), 'utf8'),
    );
    login = `spec_${new URL(database.url).pathname.slice(-12)}`.replaceAll('-', '_');
    await database.client.query(`CREATE ROLE ${login} LOGIN PASSWORD '${login}' IN ROLE comms_maintenance`);
  }, LIMIT_MS);

  afterAll(async () => {
    await database.client.query(`DROP ROLE ${login}`);
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it(
    'drops an old month, with the login of its own Secret',
    async () => {
      const objects = await render('staging', DROPPING);
      const { href: url } = Object.assign(new URL(database.url), { username: login, password: login });
      const { pod, environment } = await mountPod(
        folder,
        { objects, app: 'months' },
        { 'comms-maintenance': { url } },
      );
      expect(Object.keys(environment)).toEqual(['COMMS_DATASOURCE_URL_FILE']);
      const [, ...args] = pod.containers[0]?.args ?? [];
      const program = repositoryPath('libs/distribution-store/dist/keep-months.main.js');
      expect(await runProgram(program, args, environmentBelow(folder, environment))).toEqual({
        code: 0,
        stdout: 'comms_request_target_distribution_earlier dropped\n',
        stderr: '',
      });
    },
    LIMIT_MS,
  );
});

async function cronJob(overrides: Overrides): Promise<KubernetesObject | undefined> {
  return (await render('staging', overrides)).find(({ kind }) => kind === 'CronJob');
}

function argsOf(object: KubernetesObject | undefined): readonly string[] | undefined {
  return object && podSpecOf(object)?.containers[0]?.args;
}
