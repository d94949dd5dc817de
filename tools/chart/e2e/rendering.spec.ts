import { beforeAll, describe, expect, it } from '@jest/globals';
import { ifPresent } from '@comms/test-servers';
import { type Environment, ENVIRONMENTS, lint, type Overrides, render } from '../src/testing/chart.js';
import { type KubernetesObject, podSpecOf } from '../src/testing/kubernetes-object.js';
import { customResourceChecker, kubernetesChecker } from '../src/testing/object-checker.js';

const LIMIT_MS = 300_000;

const ALL_ON: Overrides = {
  autoscalerDatasourceUrl: { existingSecret: 'reader', key: 'url' },
  'daemonDefaults.autoscaling': { enabled: true },
  'daemons.comms-monitor.autoscaling': { enabled: false },
  'daemonDefaults.podDisruptionBudget.enabled': true,
  networkPolicy: {
    enabled: true,
    monitoringFrom: [{ namespaceSelector: { matchLabels: { name: 'monitoring' } } }],
  },
  'serviceMonitor.enabled': true,
  'prometheusRule.enabled': true,
  'dashboard.enabled': true,
  'months.enabled': true,
  'months.retention': '12 months',
};

const MATRIX: readonly (readonly [string, Environment, Overrides])[] = [
  ...ENVIRONMENTS.map((environment) => [`the values of ${environment}`, environment, {}] as const),
  ['everything that is off by default', 'development', ALL_ON],
  [
    'everything that is on by default, off',
    'development',
    { 'migration.enabled': false, 'serviceAccount.create': false, 'daemonDefaults.topologySpread': [] },
  ],
  [
    'only one daemon',
    'development',
    { 'daemonDefaults.enabled': false, 'daemons.push-to-handset.enabled': true },
  ],
  [
    'digests, placement and pull secrets',
    'production',
    {
      'image.pullSecrets': [{ name: 'registry' }],
      'daemons.push-to-handset.digest': `sha256:${'a'.repeat(64)}`,
      'daemonDefaults.tolerations': [{ key: 'batch', operator: 'Exists' }],
      'daemonDefaults.nodeSelector': { disk: 'ssd' },
      'daemonDefaults.affinity': { podAntiAffinity: {} },
      'daemonDefaults.priorityClassName': 'high',
      'daemonDefaults.podLabels': { team: 'comms' },
      'daemonDefaults.podAnnotations': { note: 'a' },
    },
  ],
  [
    'files of several replicas on a shared volume',
    'staging',
    {
      'daemons.sms-to-handset.replicas': 3,
      'daemons.sms-to-handset.outbox': {
        enabled: true,
        path: '/outbox',
        accessMode: 'ReadWriteMany',
        existingClaim: 'shared',
      },
    },
  ],
  [
    'another port, and existing ConfigMaps',
    'development',
    {
      properties: { 'comms.health.port': 8080 },
      propertiesFrom: [{ name: 'platform', key: 'comms.properties' }],
    },
  ],
];

const kubernetes = await ifPresent('python', () => kubernetesChecker('1.35.0'));
const customResources = await ifPresent('go', customResourceChecker);

describe.each(MATRIX)('The chart with %s', (_name, environment, overrides) => {
  let objects: readonly KubernetesObject[] = [];

  beforeAll(async () => {
    objects = await render(environment, overrides);
  }, LIMIT_MS);

  (kubernetes ? it : it.skip).each(['1.29.0', '1.35.0'])(
    'renders objects that Kubernetes %s knows, field by field',
    async (version) => {
      const check = await kubernetesChecker(version);
      const own = objects.filter(({ apiVersion }) => !CUSTOM.test(apiVersion));
      expect(own.flatMap((object) => faultsOf(object, check(object)))).toEqual([]);
    },
    LIMIT_MS,
  );

  (customResources ? it : it.skip)('renders custom resources as their definitions want them', () => {
    const custom = objects.filter(({ apiVersion }) => CUSTOM.test(apiVersion));
    expect(custom.flatMap((object) => faultsOf(object, customResources?.(object)))).toEqual([]);
  });

  it('makes pods by the restricted pod security standard, without a token', () => {
    const pods = objects.map(podSpecOf).filter((pod) => pod !== undefined);
    expect(pods.length).toBeGreaterThan(1);
    for (const pod of pods) {
      expect(pod).toMatchObject(RESTRICTED_POD);
      expect(pod.hostNetwork).toBeUndefined();
      for (const container of pod.containers) expect(container.securityContext).toEqual(RESTRICTED_CONTAINER);
      for (const { name, ...source } of pod.volumes ?? [])
        expect([name, Object.keys(source)]).toEqual([name, [VOLUME]]);
    }
  });

  it('mounts only volumes that the pod has, and gives no two objects one name', () => {
    for (const { containers, volumes = [] } of objects.map(podSpecOf).filter((pod) => pod !== undefined)) {
      const mounted = containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
      expect(new Set(mounted)).toEqual(new Set(volumes.map(({ name }) => name)));
    }
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names).toEqual([...new Set(names)]);
  });

  it('gives files only to the group of the daemons', () => {
    const pods = objects.map(podSpecOf).filter((pod) => pod !== undefined);
    const modes = JSON.stringify(pods).match(/(?<="defaultMode":)\d+/g) ?? [];
    expect(modes.filter((mode) => Number(mode) !== 0o440)).toEqual([]);
  });

  it('holds no secret', () => {
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });
});

describe('Helm', () => {
  it.each(ENVIRONMENTS)(
    'has no complaint about the values of %s',
    async (environment) => {
      const { code, stdout, stderr } = await lint(environment);
      expect({ code, warnings: /WARN|ERROR/.exec(stdout + stderr) }).toEqual({ code: 0, warnings: null });
    },
    LIMIT_MS,
  );
});

describe('The checks of these tests', () => {
  (kubernetes ? it : it.skip)('refuse a field that Kubernetes does not know', async () => {
    const [deployment] = (await render('development')).filter(({ kind }) => kind === 'Deployment');
    const broken = {
      ...deployment,
      spec: { ...deployment?.spec, replica: 2 },
    } as unknown as KubernetesObject;
    expect(kubernetes?.(broken)).toEqual([expect.stringContaining('replica')]);
  });

  (customResources ? it : it.skip)('refuse a field that a custom resource does not know', async () => {
    const [scaled] = (await render('production')).filter(({ kind }) => kind === 'ScaledObject');
    const broken = { ...scaled, spec: { ...scaled?.spec, maxReplicas: 2 } } as unknown as KubernetesObject;
    expect(customResources?.(broken)).toEqual([expect.stringContaining('maxReplicas')]);
  });
});

const CUSTOM = /^(monitoring\.coreos\.com|keda\.sh)\//;

const VOLUME: unknown = expect.stringMatching(/^(configMap|secret|projected|persistentVolumeClaim)$/);

const RESTRICTED_POD = {
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
};

const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** A kind that no checker knows is a fault too. */
function faultsOf({ kind, metadata }: KubernetesObject, faults: readonly string[] | undefined): string[] {
  return (faults ?? ['is of an unknown kind']).map((fault) => `${kind} ${metadata.name} ${fault}`);
}
