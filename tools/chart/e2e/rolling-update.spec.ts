import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  countOf,
  Daemon,
  insertRows,
  migratedDatabase,
  queueName,
  sampleRows,
  type SuiteDatabase,
} from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { freePort, readQueue, type TestBroker, testClassic } from '@comms/test-servers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { render } from '../src/testing/chart.js';
import type { PodSpec, Probe } from '../src/testing/kubernetes-object.js';
import { environmentBelow, mountPod } from '../src/testing/mounted-pod.js';

const LIMIT_MS = 300_000;
const APP = 'push-to-handset';
const QUEUE = queueName('rolling-update');
const BURSTS = 30;
const ROWS_OF_A_BURST = 200;

describe('A rolling update with the rendered probes and grace period, while rows keep coming', () => {
  let database: SuiteDatabase;
  let broker: TestBroker;
  let folder: string;

  beforeAll(async () => {
    [database, broker, folder] = await Promise.all([
      migratedDatabase(),
      testClassic(),
      mkdtemp(join(tmpdir(), 'comms-update-')),
    ]);
  }, LIMIT_MS);

  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it(
    'loses no row and puts none twice',
    async () => {
      const before = await Promise.all([startPod('old', 50), startPod('old', 50)]);
      await Promise.all(before.map(untilReady));
      const upstream = keepComing(database);
      for (const old of before) {
        await untilReady(await startPod('new', 70));
        const asked = Date.now();
        expect(await old.daemon.stop()).toBe(0);
        expect(Date.now() - asked).toBeLessThan(old.pod.terminationGracePeriodSeconds * 1_000);
      }
      await upstream;
      const all = BURSTS * ROWS_OF_A_BURST;
      await eventually(
        'all rows are delivered',
        () => countOf(database.client, 'P'),
        (count) => count === all,
      );

      const ids = (await readQueue(broker, QUEUE, { count: all })).map(
        ({ properties }) => properties['commsDistributionId'],
      );
      expect(ids).toHaveLength(all);
      expect(new Set(ids).size).toBe(all);
      for (const { daemon } of pods.filter(({ daemon }) => !daemon.hasEnded))
        expect(await daemon.stop()).toBe(0);
    },
    LIMIT_MS,
  );

  const pods: RunningPod[] = [];

  /** A pod of one of the two versions of the release. */
  async function startPod(version: string, batchSize: number): Promise<RunningPod> {
    const objects = await render('staging', {
      properties: { 'comms.handset.monitor.extract.schedule': '100ms' },
      'daemons.push-to-handset.properties': {
        'comms.handset.monitor.extract.distribution-status': 'P',
        'comms.handset.monitor.extract.to.queue': QUEUE,
        'comms.handset.monitor.extract.batch-size': batchSize,
      },
    });
    const root = join(folder, version);
    const { stompUrl, username, password } = broker;
    const { pod, environment } = await mountPod(
      root,
      { objects, app: APP },
      {
        'comms-datasource': { url: database.url },
        'comms-broker': { url: stompUrl, username, password },
      },
    );
    const running = { pod, daemon: Daemon.start(APP, await freePort(), environmentBelow(root, environment)) };
    pods.push(running);
    return running;
  }
});

interface RunningPod {
  readonly pod: PodSpec;
  readonly daemon: Daemon;
}

/** Asks as the kubelet does: with the path, the period and the timeout of the rendered probe. */
async function untilReady({ pod, daemon }: RunningPod): Promise<void> {
  const probe = pod.containers[0]?.readinessProbe;
  if (!probe) throw new Error('the daemon has no readiness probe');
  while (!(await succeeds(probe, daemon))) await setTimeout(probe.periodSeconds * 1_000);
}

async function succeeds({ httpGet, timeoutSeconds }: Probe, daemon: Daemon): Promise<boolean> {
  if (daemon.hasEnded) throw new Error(`the daemon has ended: ${daemon.stdout}${daemon.stderr}`);
  const late = setTimeout(timeoutSeconds * 1_000, false);
  const answer = daemon.get(httpGet.path).then(({ code }) => code === 200);
  return Promise.race([answer.catch(() => false), late]);
}

/** Upstream, which knows nothing of updates. */
async function keepComing({ client }: SuiteDatabase): Promise<void> {
  for (let burst = 0; burst < BURSTS; burst++) {
    await insertRows(client, 'comms_request_target_distribution', sampleRows(ROWS_OF_A_BURST, 'PUSH'));
    await setTimeout(200);
  }
}
