import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type App,
  insertRows,
  migratedDatabase,
  queueName,
  sampleRows,
  type SuiteDatabase,
} from '@comms/daemon-stage';
import { type Child, eventually, repositoryPath } from '@comms/kit';
import { freePort, type TestBroker, testClassic } from '@comms/test-servers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Overrides, render } from '../src/testing/chart.js';
import { DAEMON_USER, ImageRoot, requireMounts } from '../src/testing/daemon-container.js';
import { type Existing, mountPod } from '../src/testing/mounted-pod.js';
import { ifAvailable } from '../src/testing/tools/if-available.js';

const LIMIT_MS = 300_000;
const APPS: readonly App[] = ['comms-monitor', 'push-to-handset', 'sms-to-handset', 'extract-generic'];
const MIB = 1024 * 1024;

const QUEUE = queueName('image');

const canMount = await ifAvailable('the start of the images', requireMounts);

(canMount ? describe : describe.skip)('The image', () => {
  let database: SuiteDatabase;
  let broker: TestBroker;
  let folder: string;
  const images = new Map<App, ImageRoot>();

  beforeAll(async () => {
    [database, broker, folder] = await Promise.all([
      migratedDatabase(),
      testClassic(),
      mkdtemp(join(tmpdir(), 'comms-images-')),
    ]);
    for (const app of APPS) images.set(app, await ImageRoot.make(app, join(folder, app)));
  }, LIMIT_MS);

  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  }, LIMIT_MS);

  it.each(APPS)('of %s has less than 12 MiB besides Debian and Node.js', async (app) => {
    expect(await image(app).appBytes()).toBeLessThan(12 * MIB);
  });

  it.each(APPS)(
    'of %s runs what the chart renders: not as root, on a read-only file system, only from its own files',
    async (app) => {
      const running = await start(app);
      try {
        const health = await eventually(
          'it is up',
          () => running.health(),
          ({ status }) => status === 'up',
        );
        expect(health).toMatchObject({ app, version: versionOfTheRepository() });
        const status = readFileSync(`/proc/${running.process.pid}/status`, 'utf8');
        const users = `${DAEMON_USER}\t`.repeat(4).trim();
        expect(status).toContain(`Uid:\t${users}`);
        expect(status).toContain(`Gid:\t${users}`);
        expect(status).toMatch(/^CapEff:\t0+$/m);
        expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      } finally {
        running.process.signal('SIGTERM');
      }
      expect(await running.process.ended).toBe(0);
      expect(running.process.stderr).toBe('');
    },
    LIMIT_MS,
  );

  it(
    'delivers a text message into the mounted volume',
    async () => {
      const running = await start('sms-to-handset');
      try {
        const [id = ''] = await insertRows(
          database.client,
          'comms_request_target_distribution',
          sampleRows(1, 'SMS'),
        );
        const files = async () =>
          (await readdir(join(folder, 'sms-to-handset/outbox'))).filter((name) => !name.endsWith('.tmp'));
        expect(await eventually('the file is there', files, (names) => names.length > 0)).toEqual([
          `${id}.json`,
        ]);
      } finally {
        running.process.signal('SIGTERM');
      }
      expect(await running.process.ended).toBe(0);
    },
    LIMIT_MS,
  );

  it('lets nothing be written outside its volumes', async () => {
    const write = (path: string) =>
      `try { fs.writeFileSync('${path}', ''); } catch ({ code }) { console.log(code); }`;
    const process = image('push-to-handset').start([
      '--eval',
      `${write('/app/a')}${write('/tmp')}${write('/bin/node')}`,
    ]);
    await process.ended;
    expect(process.stdout).toBe('EROFS\nEROFS\nEROFS\n');
  });

  it('brings a database to the current schema', async () => {
    const process = image('comms-monitor').start(['/app/migrate.js'], {
      environment: { COMMS_DATASOURCE_URL: database.url },
    });
    expect(await process.ended).toBe(0);
    expect(process.stderr).toBe('');
    expect(process.stdout).toContain('current schema');
  });

  it('keeps the months of a partitioned table', async () => {
    await database.client.query(
      readFileSync(repositoryPath('libs/distribution-store/sql/months.sql'), 'utf8'),
    );
    const process = image('comms-monitor').start(['/app/keep-months.js', '--drop-older-than', '12 months'], {
      environment: { COMMS_DATASOURCE_URL: database.url },
    });
    expect(await process.ended).toBe(0);
    expect(process).toMatchObject({ stderr: '', stdout: 'Nothing to do.\n' });
  });

  function image(app: App): ImageRoot {
    const found = images.get(app);
    if (!found) throw new Error(`no image of ${app}`);
    return found;
  }

  /** Starts an app as its pod would. */
  async function start(app: App): Promise<{ process: Child; health: () => Promise<{ status: string }> }> {
    const port = await freePort();
    const objects = await render('staging', overrides(port));
    const root = image(app);
    const outbox = join(root.folder, 'outbox');
    await mkdir(outbox, { recursive: true });
    await chown(outbox, DAEMON_USER, DAEMON_USER);
    const { environment } = await mountPod(root.folder, { objects, app }, existing(database.url, broker));
    const process = root.start(['/app/main.js'], { environment, writable: ['/outbox'] });
    return { process, health: () => healthAt(port) };
  }
});

/** A port of this machine, on which the images run side by side, and a queue of this run. */
function overrides(port: number): Overrides {
  return {
    properties: { 'comms.health.port': port },
    'daemons.push-to-handset.properties': { 'comms.handset.monitor.extract.to.queue': QUEUE },
  };
}

/** The key is one that any image can read. */
function existing(databaseUrl: string, { stompUrl, username, password }: TestBroker): Existing {
  const { publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    'comms-datasource': { url: databaseUrl },
    'comms-broker': { url: stompUrl, username, password },
    'comms-extract-key': { 'public.pem': publicKey },
  };
}

async function healthAt(port: number): Promise<{ status: string }> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(10_000) });
    return (await answer.json()) as { status: string };
  } catch {
    return { status: 'no answer' };
  }
}

function versionOfTheRepository(): string {
  const manifest = readFileSync(repositoryPath('package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
