import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrokerInstallation, dockerInstallation, firstInstallation } from './broker-installation.js';
import { cachedFolder } from './cached-folder.js';
import { debianPackage, requireJava, runMaven } from './host-programs.js';
import { progress } from './reports.js';

/** From Maven: the newest line that comes with WebSocket here, then the newest whose parts are all there. */
const VERSIONS = ['6.1.8', '6.3.1'] as const;

const IMAGE = 'apache/activemq:6.3.2';

/** ActiveMQ Classic: from Docker, else with Maven, else Debian's package. `COMMS_TEST_CLASSIC_VERSION` chooses a version. */
export function classicInstallation(): Promise<BrokerInstallation> {
  const named = process.env['COMMS_TEST_CLASSIC_VERSION'];
  const versions = named === undefined ? VERSIONS : [named];
  const image = named === undefined ? IMAGE : `apache/activemq:${named}`;
  return firstInstallation('ActiveMQ Classic', {
    Docker: () => dockerInstallation(image, 'activemq-broker'),
    ...Object.fromEntries(versions.map((one) => [`Maven (${one})`, () => fromMaven(one)])),
    Debian: fromDebian,
  });
}

async function fromMaven(version: string): Promise<BrokerInstallation> {
  await requireJava(17);
  const hasWebSocket = version.startsWith('6.1.');
  const project = projectOf(version, hasWebSocket);
  const contents = createHash('sha256').update(project).digest('hex').slice(0, 8);
  const folder = await cachedFolder(`activemq-classic-${version}-${contents}`, async (draft) => {
    progress(`installing ActiveMQ Classic ${version} with Maven`);
    const pom = join(draft, 'pom.xml');
    await writeFile(pom, project);
    await runMaven(draft, 'copy-dependencies', [
      '--file',
      pom,
      `-DoutputDirectory=${draft}`,
      '-DincludeScope=runtime',
    ]);
  });
  return { source: 'maven', version, classPath: `${folder}/*`, hasWebSocket, hasAmqp: true };
}

/** The jars of a broker without its web console. WebSocket comes with Jetty, which from 6.2 on has other names. */
function projectOf(version: string, hasWebSocket: boolean): string {
  const activemq = [
    'broker',
    'kahadb-store',
    'jaas',
    'stomp',
    'amqp',
    'spring',
    'console',
    ...(hasWebSocket ? ['http'] : []),
  ];
  const dependencies = [
    ...activemq.map((part) => dependency('org.apache.activemq', `activemq-${part}`)),
    dependency('org.springframework', 'spring-context'),
    dependency('org.slf4j', 'slf4j-simple', '${slf4j-version}'),
    hasWebSocket
      ? dependency('org.eclipse.jetty.websocket', 'websocket-jetty-server', '${jetty-version}')
      : '',
  ];
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.apache.activemq</groupId><artifactId>activemq-parent</artifactId><version>${version}</version>
    <relativePath/>
  </parent>
  <artifactId>comms-test-classic</artifactId>
  <packaging>pom</packaging>
  <dependencies>${dependencies.join('\n')}</dependencies>
</project>`;
}

function dependency(group: string, artifact: string, version?: string): string {
  const versionElement = version === undefined ? '' : `<version>${version}</version>`;
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${versionElement}</dependency>`;
}

/** Debian leaves out WebSocket and AMQP. Its own log binding wants a configuration, hence slf4j-simple before it. */
async function fromDebian(): Promise<BrokerInstallation> {
  const version = await debianPackage('activemq');
  const lib = '/usr/share/activemq/lib';
  const classPath = `/usr/share/java/slf4j-simple.jar:${lib}/*:${lib}/optional/*`;
  return { source: 'debian', version, classPath, hasWebSocket: false, hasAmqp: false };
}
