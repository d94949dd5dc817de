import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrokerInstallation, javaCommand } from './broker-installation.js';
import { brokerPorts, urlsOf } from './broker-ports.js';
import { ADMINISTRATOR, RESTRICTED } from './broker-users.js';
import { classicConfiguration, type ClassicLimits } from './classic-configuration.js';
import type { OwnBroker } from './own-broker.js';
import { serverFolder } from './server-folder.js';
import { ServerProcess } from './server-process.js';
import { testCertificates } from './test-certificates.js';

const MAIN = 'org.apache.activemq.console.command.ShellCommand';

/** Starts the ActiveMQ Classic of an installation with an empty store. */
export async function startClassic(
  installation: BrokerInstallation,
  limits: ClassicLimits = {},
): Promise<OwnBroker> {
  const folder = await serverFolder('classic');
  const ports = await brokerPorts(installation);
  const { caFile, keyStoreFile: source } = await testCertificates();
  const keyStoreFile = join(folder, 'broker.p12');
  await copyFile(source, keyStoreFile);
  const file = join(folder, 'activemq.xml');
  await writeFile(file, classicConfiguration({ folder, keyStoreFile, ports, limits }));
  const process = await ServerProcess.start({
    name: `ActiveMQ Classic ${installation.version}`,
    ...javaCommand(installation, {
      folder,
      args: [`-Dactivemq.base=${folder}`, MAIN, 'start', `xbean:file:${file}`],
    }),
    options: { cwd: folder },
    folder,
    logFile: join(folder, 'log'),
    port: ports.stomp,
  });
  const { source: from, version } = installation;
  const users = { ...ADMINISTRATOR, restricted: RESTRICTED };
  return { broker: { kind: 'classic', source: from, version, ...urlsOf(ports), ...users, caFile }, process };
}
