import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type App,
  brokerProperties,
  Daemon,
  migratedDatabase,
  type SuiteDatabase,
} from '@comms/daemon-stage';
import { commandEnd, repositoryPath, runCommand } from '@comms/kit';
import { freePort, testClassic } from '@comms/test-servers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { ALERT_TESTS } from '../src/testing/alert-tests.js';
import { CHART, render } from '../src/testing/chart.js';
import type { Rule } from '../src/testing/kubernetes-object.js';
import { ifAvailable } from '../src/testing/tools/if-available.js';
import { promtool as findPromtool } from '../src/testing/tools/programs.js';

const LIMIT_MS = 300_000;
const APPS: readonly App[] = ['comms-monitor', 'push-to-handset', 'sms-to-handset', 'extract-generic'];

const promtool = await ifAvailable('the check of alert rules', findPromtool);

describe('The metrics that alerts and dashboard name', () => {
  let database: SuiteDatabase;

  beforeAll(async () => {
    database = await migratedDatabase();
  }, LIMIT_MS);

  afterAll(async () => {
    await database.drop();
  });

  it(
    'are shown by the daemons',
    async () => {
      const named = metricsIn([...(await alerts()).map(({ expr }) => expr), await dashboard()]);
      const reported = (await Promise.all(APPS.map((app) => shownBy(app, database.url)))).flat();
      expect(named.length).toBeGreaterThan(8);
      expect(named.filter((name) => !reported.includes(name))).toEqual([]);
    },
    LIMIT_MS,
  );
});

describe('The alerts', () => {
  it('each have a place in the runbook', async () => {
    const headings = (await readFile(repositoryPath('docs/operations.md'), 'utf8')).matchAll(/^#+ (.+)$/gm);
    const anchors = [...headings].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'));
    for (const { annotations } of await alerts()) {
      const [page, anchor] = (annotations['runbook_url'] ?? '').split('#');
      expect(page).toMatch(/\/docs\/operations\.md$/);
      expect(anchors).toContain(anchor);
      expect(annotations['summary']).toMatch(/^.+\.$/);
    }
  });

  it('are each tested', async () => {
    const tested = ALERT_TESTS.flatMap(({ alert_rule_test }) =>
      alert_rule_test.map(({ alertname }) => alertname),
    );
    expect(new Set(tested)).toEqual(new Set((await alerts()).map(({ alert }) => alert)));
  });

  (promtool ? it : it.skip)(
    'are rules that Prometheus takes, and fire when they should and not before',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'comms-alerts-'));
      try {
        const rules = await render('staging');
        const spec = rules.find(({ kind }) => kind === 'PrometheusRule')?.spec;
        await writeFile(join(folder, 'rules.yaml'), stringify(spec));
        const tests = { rule_files: ['rules.yaml'], evaluation_interval: '30s', tests: ALERT_TESTS };
        await writeFile(join(folder, 'tests.yaml'), stringify(tests));
        await runCommand(promtool ?? '', ['check', 'rules', join(folder, 'rules.yaml')]);
        expect(await commandEnd(promtool ?? '', ['test', 'rules', join(folder, 'tests.yaml')])).toMatchObject(
          {
            code: 0,
            stderr: '',
          },
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    LIMIT_MS,
  );
});

async function alerts(): Promise<Rule[]> {
  const objects = await render('staging');
  const groups = objects.find(({ kind }) => kind === 'PrometheusRule')?.spec?.groups ?? [];
  return groups.flatMap(({ rules }) => rules);
}

function dashboard(): Promise<string> {
  return readFile(join(CHART, 'files/dashboard.json'), 'utf8');
}

/** Selectors end in a brace, and functions in none. */
function metricsIn(texts: readonly string[]): string[] {
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\b(comms_[a-z_]+)(?=\{|,)/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}

/** The names that a daemon shows once it has a broker. */
async function shownBy(app: App, databaseUrl: string): Promise<string[]> {
  const broker = Object.entries(brokerProperties(await testClassic())).map(([key, value]) => [
    key.toUpperCase().replace(/[.-]/g, '_'),
    String(value),
  ]);
  const daemon = Daemon.start(app, await freePort(), {
    ...(Object.fromEntries(broker) as Record<string, string>),
    COMMS_DATASOURCE_URL: databaseUrl,
  });
  await daemon.untilUp();
  const names = [...(await daemon.metrics()).keys()].map((sample) => sample.replace(/\{.*$/, ''));
  expect(await daemon.stop()).toBe(0);
  return names;
}
