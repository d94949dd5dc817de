import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryPath, runProgram } from '@comms/kit';
import { KEY_PASSPHRASE, testCertificates } from '@comms/test-servers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Overrides, render } from '../src/testing/chart.js';
import { environmentBelow, type Existing, mountPod } from '../src/testing/mounted-pod.js';

const { caFile, client } = await testCertificates();
const FOLDER = '/etc/comms/client';

describe('A Secret with a client certificate', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'comms-chart-'));
  });
  afterAll(() => rm(root, { recursive: true }));

  it('is mounted into a daemon, which finds it sound', async () => {
    const { pod, environment } = await mounted('push-to-handset');
    expect(pod.containers[0]?.volumeMounts).toContainEqual({
      name: 'mount-client',
      mountPath: FOLDER,
      readOnly: true,
    });
    expect(environment['COMMS_BROKER_TLS_KEY_PASSPHRASE_FILE']).toBeDefined();
    const program = repositoryPath('dist/apps/push-to-handset/main.js');
    const end = await runProgram(program, ['--check-config'], environmentBelow(root, environment));
    expect(end).toMatchObject({ code: 0, stderr: '' });
  });

  it('is mounted into the job that brings the database to the current schema', async () => {
    const { pod, environment } = await mounted('migration');
    expect(pod.volumes).toContainEqual({
      name: 'mount-client',
      secret: { secretName: 'comms-client', defaultMode: 0o440 },
    });
    expect(environment['COMMS_DATASOURCE_TLS_KEY_PASSPHRASE_FILE']).toBeDefined();
    expect(environment['COMMS_BROKER_TLS_KEY_PASSPHRASE_FILE']).toBeUndefined();
  });

  async function mounted(app: string) {
    const objects = await render('production', overrides(join(root, FOLDER)));
    return mountPod(root, { objects, app }, await existing());
  }
});

function overrides(folder: string): Overrides {
  const files = (part: string) => ({
    [`comms.${part}.tls.ca-file`]: `${folder}/ca.crt`,
    [`comms.${part}.tls.cert-file`]: `${folder}/tls.crt`,
    [`comms.${part}.tls.key-file`]: `${folder}/tls.key`,
  });
  const passphrase = (part: string) => ({
    [`comms.${part}.tls.key-passphrase`]: { existingSecret: 'comms-client-passphrase', key: 'passphrase' },
  });
  return {
    properties: { ...files('broker'), ...files('datasource') },
    secrets: {
      'comms.datasource.url': { existingSecret: 'comms-datasource', key: 'url' },
      'comms.broker.url': { existingSecret: 'comms-broker', key: 'url' },
      ...passphrase('broker'),
      ...passphrase('datasource'),
    },
    mounts: [{ name: 'client', path: FOLDER, secret: 'comms-client' }],
    'daemons.push-to-handset.properties': { 'comms.handset.monitor.extract.encryption.enabled': false },
  };
}

async function existing(): Promise<Existing> {
  const [ca, certificate, key] = await Promise.all(
    [caFile, client.encrypted.certFile, client.encrypted.keyFile].map((file) => readFile(file, 'utf8')),
  );
  const url = 'postgres://u@h/d?sslmode=verify-full';
  return {
    'comms-datasource': { url },
    'comms-datasource-owner': { url },
    'comms-broker': { url: 'stomp+ssl://h:1' },
    'comms-client': { 'ca.crt': ca ?? '', 'tls.crt': certificate ?? '', 'tls.key': key ?? '' },
    'comms-client-passphrase': { passphrase: KEY_PASSPHRASE },
    'comms-push-key': { 'public.jwks': '{}' },
  };
}
