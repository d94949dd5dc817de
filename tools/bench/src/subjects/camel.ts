import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { eventually, sentenceOf } from '@comms/kit';
import { propertiesText } from '@comms/daemon-stage';
import { cachedFolder, requireJava, runMaven } from '@comms/test-servers';
import { failureOf, startMeasured, whileAlive } from '../processes/measured-child.js';
import { ROWS_PER_BATCH } from './peer-process.js';
import type { Contestant, Setting } from './subject.js';
import { BenchError } from '../bench-error.js';

const ROUTES = fileURLToPath(new URL('../../camel/routes.xml', import.meta.url));

/** Starts Apache Camel with the routes of `camel/routes.xml`. Throws `NOT_AVAILABLE` where it is not available. */
export async function startCamel(setting: Setting): Promise<Contestant> {
  const { folder, guard, signal } = setting;
  const classPath = await camelClassPath();
  const home = join(folder, `camel-${Date.now()}`);
  const configFile = `${home}.properties`;
  const logFile = `${home}.log`;
  await writeFile(configFile, camelProperties(setting, ROUTES));
  const child = await startMeasured({
    name: 'Apache Camel',
    command: 'java',
    args: ['-Xmx512m', '-cp', classPath, 'org.apache.camel.main.Main', '-pl', `file:${configFile}`],
    env: { PATH: process.env['PATH'] },
    logFile,
    guard,
  });
  const failure = failureOf(child);
  const hasStarted = async () => (await readFile(logFile, 'utf8')).includes('Routes startup');
  try {
    await whileAlive(
      (both) => eventually('Apache Camel runs', hasStarted, { everyMs: 50, limitMs: 60_000, signal: both }),
      failure,
      signal,
    );
  } catch (error) {
    await child.stop();
    throw error;
  }
  return {
    pids: [child.pid],
    failure,
    begin: (committed) => Promise.resolve(committed),
    rest: () => Promise.resolve(),
    stop: async () => {
      await child.stop();
    },
  };
}

/** The configuration of Camel's main: its beans, its components, and the properties of `camel/routes.xml`. */
function camelProperties({ properties, batchSize, openWireUrl }: Setting, routes: string): string {
  if (openWireUrl === null) throw new BenchError('NOT_AVAILABLE', 'the broker has no port for Java clients');
  const database = new URL(String(properties['comms.datasource.url']));
  return propertiesText({
    'camel.main.name': 'bench',
    'camel.main.routes-include-pattern': `file:${routes}`,
    'camel.beans.database': '#class:com.zaxxer.hikari.HikariDataSource',
    'camel.beans.database.jdbcUrl': `jdbc:postgresql://${database.host}${database.pathname}`,
    'camel.beans.database.username': decodeURIComponent(database.username),
    'camel.beans.database.password': decodeURIComponent(database.password),
    'camel.beans.broker': '#class:org.apache.activemq.ActiveMQConnectionFactory',
    'camel.beans.broker.brokerURL': openWireUrl,
    'camel.beans.broker.userName': String(properties['comms.broker.username']),
    'camel.beans.broker.password': String(properties['comms.broker.password']),
    'camel.beans.sessions': '#class:org.springframework.jms.connection.CachingConnectionFactory',
    'camel.beans.sessions.targetConnectionFactory': '#bean:broker',
    'camel.beans.transactions': '#class:org.springframework.jms.connection.JmsTransactionManager',
    'camel.beans.transactions.connectionFactory': '#bean:sessions',
    'camel.beans.required': '#class:org.apache.camel.spring.spi.SpringTransactionPolicy',
    'camel.beans.required.transactionManager': '#bean:transactions',
    'camel.beans.headerNames': '#class:org.apache.camel.component.jms.PassThroughJmsKeyFormatStrategy',
    'camel.component.jms.connection-factory': '#bean:sessions',
    'camel.component.jms.transacted': true,
    'camel.component.jms.lazy-create-transaction-manager': false,
    'bench.batch': batchSize ?? ROWS_PER_BATCH,
    'bench.queue': String(properties['comms.handset.monitor.extract.to.queue']),
  });
}

const CAMEL = '4.14.0';
const OTHERS = [
  ['org.apache.activemq', 'activemq-client', '6.1.8'],
  ['com.zaxxer', 'HikariCP', '6.3.0'],
  ['org.postgresql', 'postgresql', '42.7.7'],
  ['org.slf4j', 'slf4j-simple', '2.0.17'],
] as const;

/** Java's class path of Apache Camel and what its routes need, from Maven and then from the cache. Throws `NOT_AVAILABLE`. */
async function camelClassPath(): Promise<string> {
  try {
    await requireJava(17);
    const contents = createHash('sha256').update(PROJECT).digest('hex').slice(0, 8);
    const folder = await cachedFolder(`camel-${CAMEL}-${contents}`, async (draft) => {
      const pom = join(draft, 'pom.xml');
      await writeFile(pom, PROJECT);
      const args = ['--file', pom, `-DoutputDirectory=${draft}`, '-DincludeScope=runtime'];
      await runMaven(draft, 'copy-dependencies', args);
    });
    return `${folder}/*`;
  } catch (error) {
    throw new BenchError(
      'NOT_AVAILABLE',
      `Apache Camel is not available: ${sentenceOf(error).split('\n', 1)[0] ?? ''}`,
    );
  }
}

const PARTS = ['main', 'core-engine', 'xml-io-dsl', 'direct', 'sql', 'jms', 'jackson', 'bean', 'spring'];

const PROJECT = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>comms</groupId><artifactId>comms-bench-camel</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
${[...PARTS.map((part) => ['org.apache.camel', `camel-${part}`, CAMEL] as const), ...OTHERS]
  .map(
    ([group, artifact, version]) =>
      `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  )
  .join('\n')}
  </dependencies>
</project>
`;
