import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '@comms/kit';
import { type BrokerInstallation, dockerInstallation, firstInstallation } from './broker-installation.js';
import { cachedFolder } from './cached-folder.js';
import { progress } from './reports.js';
import { requireJava, runMaven } from './host-programs.js';

const VERSION = '2.56.0';
const IMAGE = 'apache/artemis:2.56.0';
const DISTRIBUTION = `org.apache.artemis:apache-artemis:${VERSION}:tar.gz:bin`;

/** ActiveMQ Artemis: from Docker, else its distribution with Maven. Debian has none. */
export function artemisInstallation(): Promise<BrokerInstallation> {
  return firstInstallation('ActiveMQ Artemis', {
    Docker: () => dockerInstallation(IMAGE, 'artemis-server'),
    Maven: fromMaven,
  });
}

/** Only the jars are kept, not the web console. */
async function fromMaven(): Promise<BrokerInstallation> {
  await requireJava(17);
  const folder = await cachedFolder(`activemq-artemis-${VERSION}`, async (draft) => {
    progress(`installing ActiveMQ Artemis ${VERSION} with Maven`);
    await runMaven(draft, 'copy', [`-Dartifact=${DISTRIBUTION}`, `-DoutputDirectory=${draft}`]);
    const archive = join(draft, `apache-artemis-${VERSION}-bin.tar.gz`);
    await runCommand('tar', [
      '-xzf',
      archive,
      '-C',
      draft,
      '--strip-components=1',
      `apache-artemis-${VERSION}/lib`,
    ]);
    await rm(archive);
  });
  return {
    source: 'maven',
    version: VERSION,
    classPath: `${folder}/lib/*`,
    hasWebSocket: true,
    hasAmqp: true,
  };
}
