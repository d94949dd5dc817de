import { describe, expect, it } from '@jest/globals';
import { type Environment, type Overrides, render } from '../src/testing/chart.js';
import type { KubernetesObject } from '../src/testing/kubernetes-object.js';

const APPS = ['comms-monitor', 'push-to-handset', 'sms-to-handset', 'extract-generic'];

const SHARED: Overrides = { 'daemons.sms-to-handset.outbox.accessMode': 'ReadWriteMany' };

describe('A daemon', () => {
  it.each(APPS)('has its new pod ready before an old one ends: %s', async (app) => {
    expect(await deploymentOf(app, 'production')).toMatchObject({
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
  });

  it('is stopped before its next pod starts where a volume takes only one pod', async () => {
    expect(await deploymentOf('sms-to-handset', 'staging')).toMatchObject({ strategy: { type: 'Recreate' } });
    expect(await deploymentOf('sms-to-handset', 'staging', SHARED)).toMatchObject({
      strategy: { type: 'RollingUpdate' },
    });
  });

  it.each(APPS)('is spread over nodes and zones, by its own pods of one version: %s', async (app) => {
    const { template } = (await deploymentOf(app, 'production')) ?? {};
    const own = {
      labelSelector: { matchLabels: { 'app.kubernetes.io/component': app } },
      matchLabelKeys: ['pod-template-hash'],
    };
    expect(template?.spec).toMatchObject({
      topologySpreadConstraints: [
        { topologyKey: 'kubernetes.io/hostname', ...own },
        { topologyKey: 'topology.kubernetes.io/zone', ...own },
      ],
    });
  });

  it.each(APPS)('loses one pod at a time when nodes are drained: %s', async (app) => {
    const objects = await render('production');
    const budget = objects.find(
      ({ kind, metadata }) => isOf(app, metadata) && kind === 'PodDisruptionBudget',
    );
    expect(budget?.spec).toMatchObject({
      maxUnavailable: 1,
      selector: { matchLabels: { 'app.kubernetes.io/component': app } },
    });
  });

  it.each(APPS)('starts its pods again when its configuration changes: %s', async (app) => {
    const before = await deploymentOf(app, 'production');
    const after = await deploymentOf(app, 'production', { properties: { 'comms.log.level': 'debug' } });
    const checksums = [before, after].map(
      (spec) => spec?.template?.metadata.annotations?.['checksum/config'],
    );
    expect(new Set(checksums).size).toBe(2);
  });
});

describe('The migration', () => {
  it('runs before anything is installed or upgraded', async () => {
    const jobs = (await render('production')).filter(({ kind }) => kind === 'Job');
    expect(jobs.map(({ metadata }) => metadata.annotations)).toEqual([
      expect.objectContaining({ 'helm.sh/hook': 'pre-install,pre-upgrade' }),
    ]);
  });
});

async function deploymentOf(
  app: string,
  environment: Environment,
  overrides?: Overrides,
): Promise<KubernetesObject['spec']> {
  const objects = await render(environment, overrides);
  return objects.find(({ kind, metadata }) => kind === 'Deployment' && isOf(app, metadata))?.spec;
}

function isOf(app: string, { name }: KubernetesObject['metadata']): boolean {
  return name === `comms-${app}`;
}
