import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where all files of one demo lie. */
export interface DemoFolder {
  readonly path: string;
  /** The daemons' configuration. */
  readonly properties: string;
  /** The public key that extract-generic encrypts with. */
  readonly key: string;
  /** The private key of the consumer of the encrypted queue, as a JWK set. */
  readonly consumerKeys: string;
  /** Where sms-to-handset puts its files. */
  readonly sms: string;
  /** One log per daemon. */
  readonly logs: string;
}

/** A new folder among the system's temporary files. */
export async function makeDemoFolder(): Promise<DemoFolder> {
  const path = await mkdtemp(join(tmpdir(), 'comms-demo-'));
  const folder = {
    path,
    properties: join(path, 'demo.properties'),
    key: join(path, 'consumer-public-key.jwk'),
    consumerKeys: join(path, 'consumer-keys.json'),
    sms: join(path, 'sms'),
    logs: join(path, 'logs'),
  };
  await Promise.all([mkdir(folder.sms), mkdir(folder.logs)]);
  return folder;
}
