import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, requireJava, runCommand, runMaven } from '@comms/test-servers';

/**
 * Compiles the Java program of a Maven project into `output`, and returns the class path to run it with. Its jars are
 * kept from one run to the next. Throws where this machine has no JDK, or Maven is not available.
 */
export async function javaProgram(project: string, output: string): Promise<string> {
  await requireJava(17);
  await runCommand('javac', ['--version']);
  const pom = join(project, 'pom.xml');
  const version = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 8);
  const jars = await cachedFolder(`java-clients-${version}`, (draft) =>
    runMaven(draft, 'copy-dependencies', [
      '--file',
      pom,
      `-DoutputDirectory=${draft}`,
      '-DincludeScope=runtime',
    ]),
  );
  const sources = join(project, 'src/main/java');
  const files = (await readdir(sources)).map((file) => join(sources, file));
  await runCommand('javac', ['-cp', `${jars}/*`, '-d', output, ...files]);
  return `${output}:${jars}/*`;
}
