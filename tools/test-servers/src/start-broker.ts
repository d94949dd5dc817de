import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrokerInstallation, javaCommand } from './broker-installation.js';
import { type BrokerPorts, brokerPorts, openPorts, urlsOf } from './broker-ports.js';
import { ADMINISTRATOR, type BrokerKind, RESTRICTED, type TestBroker } from './test-broker.js';
import { portsAccept } from './ports.js';
import { serverFolder, ServerProcess } from './server-process.js';
import { testCertificates } from './test-certificates.js';

/** A test's own broker, which may be killed, stopped and started. A restart keeps its ports and messages. */
export interface OwnBroker {
  readonly broker: TestBroker;
  readonly process: ServerProcess;
}

/** What a broker's configuration is made of. */
export interface BrokerSetting {
  readonly folder: string;
  readonly keyStoreFile: string;
  readonly trustStoreFile: string;
  readonly ports: BrokerPorts;
}

/** What a broker asks of its clients. */
export interface BrokerAccess {
  /** Whether the TLS ports let in only whom the authority of the tests has given a certificate. */
  readonly needClientAuth?: boolean;
  /** Users besides those that every broker has; they have the rights of an administrator. */
  readonly users?: readonly { readonly username: string; readonly password: string }[];
}

/** How one kind of broker is run. */
export interface BrokerRecipe {
  readonly kind: BrokerKind;
  /** The files of its folder by name. */
  configuration(setting: BrokerSetting): Readonly<Record<string, string>>;
  /** Java's arguments: properties, main class, arguments. */
  args(folder: string): readonly string[];
}

/** Starts a broker with an empty store on free ports of the loopback. */
export async function startBroker(
  recipe: BrokerRecipe,
  installation: BrokerInstallation,
): Promise<OwnBroker> {
  const { kind } = recipe;
  const { source, version } = installation;
  const folder = await serverFolder(kind);
  const ports = await brokerPorts(installation);
  const certificates = await testCertificates();
  const keyStoreFile = join(folder, 'broker.p12');
  const trustStoreFile = join(folder, 'authority.jks');
  await copyFile(certificates.keyStoreFile, keyStoreFile);
  await copyFile(certificates.trustStoreFile, trustStoreFile);
  const files = Object.entries(recipe.configuration({ folder, keyStoreFile, trustStoreFile, ports }));
  await Promise.all(files.map(([name, text]) => writeFile(join(folder, name), text)));
  const process = await ServerProcess.start({
    name: `ActiveMQ ${kind} ${version}`,
    ...javaCommand(installation, { folder, args: recipe.args(folder) }),
    options: { cwd: folder },
    folder,
    logFile: join(folder, 'log'),
    isReady: () => portsAccept(openPorts(ports)),
  });
  const users = { ...ADMINISTRATOR, restricted: RESTRICTED };
  return {
    broker: { kind, source, version, ...urlsOf(ports), ...users, caFile: certificates.caFile },
    process,
  };
}
