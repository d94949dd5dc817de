import { readFile } from 'node:fs/promises';
import { ifPresent } from '@comms/test-servers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { ApiServer } from '../src/testing/api-server.js';
import { ENVIRONMENTS, render } from '../src/testing/chart.js';
import { customResourceFiles } from '../src/testing/object-checker.js';
import { type KubernetesObject, podSpecOf } from '../src/testing/kubernetes-object.js';

const BUILD_LIMIT_MS = 2_400_000;
const LIMIT_MS = 120_000;
const NAMESPACE = 'telecom';

const server = await ifPresent('go', () => ApiServer.start());

(server ? describe : describe.skip)('A real API server', () => {
  beforeAll(async () => {
    for (const file of await customResourceFiles(DEFINITIONS)) {
      expect(await applied(await readFile(file, 'utf8'))).toMatchObject({ code: 0 });
    }
    for (const { kind, group } of DEFINITIONS) {
      const established = ['wait', '--for=condition=established', `crd/${kind}s.${group}`, '--timeout=60s'];
      expect(await server?.kubectl(established)).toMatchObject({ code: 0 });
    }
    expect(await applied(stringify(RESTRICTED))).toMatchObject({ code: 0 });
    expect(await applied(stringify(DEFAULT_ACCOUNT))).toMatchObject({ code: 0 });
  }, BUILD_LIMIT_MS);

  afterAll(async () => {
    await server?.stop();
  });

  it.each(ENVIRONMENTS)(
    'takes each object of %s, without a warning, into a namespace of restricted pods',
    async (environment) => {
      expect(await server?.kubectl(CLEAR_HOOKS)).toMatchObject({ code: 0 });
      const objects = await render(environment);
      const { code, stdout, stderr } = await applied(yamlOf(objects));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trim().split('\n')).toHaveLength(objects.length);
    },
    LIMIT_MS,
  );

  it('refuses a field that it does not know', async () => {
    const [deployment] = await deployments();
    const broken = { ...deployment, spec: { ...deployment?.spec, replica: 2 } };
    const { code, stderr } = await applied(stringify(broken));
    expect(code).not.toBe(0);
    expect(stderr).toContain('replica');
  });

  it('refuses a pod of a daemon that may do more', async () => {
    const [deployment] = await deployments();
    const spec = { ...(deployment && podSpecOf(deployment)), securityContext: {} };
    const { code, stderr } = await applied(
      stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'loose', namespace: NAMESPACE }, spec }),
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain('violates PodSecurity "restricted');
  });
});

/** Helm deletes the objects of its hooks before it makes them again: they can't be changed. */
const CLEAR_HOOKS = [
  'delete',
  'jobs,pods',
  '--all',
  '--namespace',
  NAMESPACE,
  '--wait=false',
  '--grace-period=0',
  '--force',
];

const DEFINITIONS = [
  { kind: 'servicemonitor', group: 'monitoring.coreos.com' },
  { kind: 'prometheusrule', group: 'monitoring.coreos.com' },
  { kind: 'scaledobject', group: 'keda.sh' },
  { kind: 'triggerauthentication', group: 'keda.sh' },
];

const RESTRICTED = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: NAMESPACE,
    labels: {
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    },
  },
};

/** What a controller would make. */
const DEFAULT_ACCOUNT = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'default', namespace: NAMESPACE },
};

async function applied(yaml: string) {
  if (!server) throw new Error('there is no API server');
  return server.apply(yaml);
}

async function deployments(): Promise<KubernetesObject[]> {
  return (await render('development')).filter(({ kind }) => kind === 'Deployment');
}

/** A ServiceAccount must be there before the pods that name it. */
function yamlOf(objects: readonly KubernetesObject[]): string {
  const [first, others] = [true, false].map((isFirst) =>
    objects.filter(({ kind }) => (kind === 'ServiceAccount') === isFirst),
  );
  return [...(first ?? []), ...(others ?? [])].map((object) => stringify(object)).join('---\n');
}
