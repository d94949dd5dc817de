import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, requireJava, runMaven } from '@comms/test-servers';
import { BenchError } from '../bench-error.js';
import { sentenceOf } from '../sentence-of.js';

const CAMEL = '4.14.0';
const OTHERS = [
  ['org.apache.activemq', 'activemq-client', '6.1.8'],
  ['com.zaxxer', 'HikariCP', '6.3.0'],
  ['org.postgresql', 'postgresql', '42.7.7'],
  ['org.slf4j', 'slf4j-simple', '2.0.17'],
] as const;

/** Java's class path of Apache Camel and what its routes need, from Maven and then from the cache. Throws `NOT_AVAILABLE`. */
export async function camelClassPath(): Promise<string> {
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
      `Apache Camel can't be had: ${sentenceOf(error).split('\n', 1)[0] ?? ''}`,
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
