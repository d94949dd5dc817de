import { generateKeyPair as generateKeyPairCallback, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Properties } from '@comms/daemon-stage';
import type { PeerName } from '../peers/peers.js';
import { DistributionRows } from '../work/distribution-rows.js';
import { GRAPHILE_WORKER, type JobTables, JobWork, PG_BOSS, TRANSACTIONAL_OUTBOX } from '../work/job-work.js';
import { startCamel } from './camel.js';
import { startDaemons } from './daemons.js';
import { imageSetting } from './image-setting.js';
import { startPeer } from './peer-process.js';
import type { Setting, Subject } from './subject.js';

const ROWS_IN_HAND = 'comms.handset.monitor.extract.rows-in-hand';

/** All subjects, in the order of the table. */
const SUBJECTS = {
  plain: push('push-to-handset, plain JSON', 1),
  plainLarge: push('the same with rows-in-hand=6000', 1, { properties: { [ROWS_IN_HAND]: 6_000 } }),
  symmetric: push('push-to-handset, encrypted: dir, A256GCM', 1, { encryption: 'symmetric' }),
  rsa: push('push-to-handset, encrypted: RSA-OAEP-256', 1, { encryption: 'rsa' }),
  files: {
    title: 'sms-to-handset to synced files',
    to: 'files',
    work: rows('SMS'),
    start: (setting) =>
      startDaemons(setting, { app: 'sms-to-handset', replicas: 1, properties: fileProperties(setting) }),
  },
  replicas2: push('push-to-handset, 2 replicas', 2),
  replicas4: push('push-to-handset, 4 replicas', 4),
  claimOnly: { ...peer('claimOnly', 'limit: the database work alone', rows('PUSH')), to: 'nowhere' },
  brokerOnly200: peer('brokerOnly200', 'limit: the broker work alone, batches of 200', rows('PUSH')),
  brokerOnly500: peer('brokerOnly500', 'limit: the broker work alone, batches of 500', rows('PUSH')),
  brokerOnly1000: peer('brokerOnly1000', 'limit: the broker work alone, batches of 1,000', rows('PUSH')),
  brokerOnly2000: peer('brokerOnly2000', 'limit: the broker work alone, batches of 2,000', rows('PUSH')),
  brokerOnly2: peer('brokerOnly2', 'limit: the broker work alone, over two connections', rows('PUSH')),
  filesOnly: {
    ...peer('filesOnly', 'limit: the file work alone', rows('PUSH')),
    to: 'files',
    start: async (setting) =>
      startPeer('filesOnly', withDirectory(setting), (await imageSetting()).environment),
  },
  serialLimit: peer('serialLimit', 'limit: one after the other in one loop', rows('PUSH')),
  rowAtATime: {
    ...peer('rowAtATime', 'NestJS, TypeORM and stompjs, row at a time', rows('PUSH')),
    slow: true,
  },
  graphileWorker: {
    ...peer('graphileWorker', 'graphile-worker with receipts', jobs(GRAPHILE_WORKER)),
    slow: true,
  },
  graphileWorkerTuned: {
    ...peer('graphileWorkerTuned', 'graphile-worker, 50 jobs at a time, batched', jobs(GRAPHILE_WORKER)),
    slow: true,
  },
  pgBoss: { ...peer('pgBoss', 'pg-boss with receipts', jobs(PG_BOSS)), slow: true },
  pgBossTuned500: peer('pgBossTuned500', 'pg-boss, STOMP transactions, batches of 500', jobs(PG_BOSS)),
  pgBossTuned2000: peer('pgBossTuned2000', 'pg-boss, STOMP transactions, batches of 2,000', jobs(PG_BOSS)),
  pgTransactionalOutbox: {
    ...peer('pgTransactionalOutbox', 'pg-transactional-outbox, polling', jobs(TRANSACTIONAL_OUTBOX)),
    slow: true,
  },
  camel: { title: 'Apache Camel, SQL to transacted JMS', to: 'queue', work: rows('PUSH'), start: startCamel },
} satisfies Record<string, Subject>;

export type SubjectName = keyof typeof SUBJECTS;

export function subjectOf(name: SubjectName): Subject {
  return SUBJECTS[name];
}

interface PushOptions {
  readonly properties?: Properties;
  readonly encryption?: 'symmetric' | 'rsa';
}

function push(title: string, replicas: number, options: PushOptions = {}): Subject {
  return {
    title,
    to: 'queue',
    work: rows('PUSH'),
    start: async (setting) => {
      const { encryption, properties } = options;
      const encrypting = encryption && (await encryptionProperties(encryption, setting.folder));
      return startDaemons(setting, {
        app: 'push-to-handset',
        replicas,
        properties: { ...properties, ...encrypting },
      });
    },
  };
}

function fileProperties({ directory }: Setting): Properties {
  return {
    'comms.sms.monitor.extract.to.type': 'file',
    'comms.sms.monitor.extract.to.dirname': directory,
    'comms.sms.monitor.extract.schedule': '10ms',
  };
}

/** For a peer that writes files. */
function withDirectory(setting: Setting): Setting {
  const dirname = { 'comms.handset.monitor.extract.to.dirname': setting.directory };
  return { ...setting, properties: { ...setting.properties, ...dirname } };
}

function peer(name: PeerName, title: string, work: Subject['work']): Subject {
  return { title, to: 'queue', work, start: (setting) => startPeer(name, setting) };
}

function rows(method: 'PUSH' | 'SMS'): Subject['work'] {
  return (pool, messageBytes) => new DistributionRows(pool, { method, messageBytes });
}

function jobs(tables: JobTables): Subject['work'] {
  return (pool, messageBytes) => new JobWork(pool, tables, messageBytes);
}

/** All that rounds are made of. */
export const SUBJECT_NAMES = Object.keys(SUBJECTS) as SubjectName[];

const generateKeyPair = promisify(generateKeyPairCallback);

/** Writes a new key to the folder. Returns the properties by which push-to-handset encrypts with it. */
async function encryptionProperties(kind: 'symmetric' | 'rsa', folder: string): Promise<Properties> {
  const keyFile = join(folder, `key-${kind}`);
  await writeFile(keyFile, kind === 'symmetric' ? symmetricJwk() : await rsaPublicPem());
  return {
    'comms.handset.monitor.extract.encryption.enabled': true,
    'comms.handset.monitor.extract.encryption.key-file': keyFile,
  };
}

/** A key that encrypts the content directly, without a content key per message. */
function symmetricJwk(): string {
  return JSON.stringify({ kty: 'oct', kid: 'bench', alg: 'dir', k: randomBytes(32).toString('base64url') });
}

async function rsaPublicPem(): Promise<string> {
  const { publicKey } = await generateKeyPair('rsa', { modulusLength: 2048 });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
